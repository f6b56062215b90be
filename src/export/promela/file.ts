// The file that `heddle export --to promela` writes: the model, and above it how to run it.

import type { Model } from '../../model/model.js';
import { promelaOf } from './print.js';

export interface About {
  readonly file: string;
  readonly check: string;
  readonly version: string;
}

/** @throws Unsupported */
export function promelaFile(model: Model, { file, check, version }: About): { readonly name: string; readonly text: string } {
  const name = `${model.name.replace(/\W/g, '_')}.pml`;
  return {
    name,
    text: promelaOf(model, [
      `${model.name}, check ${check}: written by Heddle ${version} from ${file}.`,
      '',
      'To search every state:',
      `  spin -a ${name} && gcc -DSAFETY -DNOREDUCE -DNOCLAIM -o pan pan.c && ./pan -c0`,
      'The number of states stored is the number of distinct states that Heddle finds.',
      'With spin -DDEADLOCKS the observer reports nothing, and only deadlocks remain.',
    ]).text,
  };
}
