// `heddle explain CODE`: the page of a diagnostic.

import { explainPage, unknownCode } from '../../report/explain.js';
import { openOutput, UserError } from '../io.js';

export function explain(code: string): number {
  const page = explainPage(code);
  if (page === undefined) throw new UserError(unknownCode(code));
  openOutput(undefined).write(`${page.trimEnd()}\n`);
  return 0;
}
