// The files that `heddle export --to tla` writes: the module and its configuration, and above the module how to run it.

import type { Model } from '../../model/model.js';
import type { About } from '../promela/file.js';
import { tlaOf } from './module.js';

/** @throws Unsupported */
export function tlaFiles(model: Model, { file, check, version }: About): readonly { readonly name: string; readonly text: string }[] {
  const { name, text, config } = tlaOf(model, [`Written by Heddle ${version} from ${file}, check ${check}.`]);
  return [{ name: `${name}.tla`, text }, { name: `${name}.cfg`, text: config }];
}
