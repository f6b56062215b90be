// `heddle fmt`: writes files in the canonical form, or with `--check` says which are not in it.

import { print } from '../../ast/print.js';
import { isError } from '../../base/diagnostic.js';
import { diagnosticData } from '../../check/diagnostic-data.js';
import { parse } from '../../parser/parse.js';
import { findFiles } from '../files.js';
import { openOutput, replaceFile, UserError, writeDiagnostics, writeError } from '../io.js';
import { openSource } from '../loader.js';

/** Gives the exit code: 1 when `--check` finds a file that is not canonical, 2 when a file has errors (it is left alone). */
export function fmt(args: readonly string[], options: { readonly check: boolean }): number {
  const output = openOutput(undefined);
  let code = 0;
  const files = findFiles(args);
  if (files.length === 0) throw new UserError('There is no `.heddle` file to format.');
  for (const { path } of files) {
    const source = openSource(path);
    if ('problem' in source) throw new UserError(`Cannot read ${path}: ${source.problem}.`);
    const { file, diagnostics } = parse(source);
    if (diagnostics.some(isError)) {
      writeDiagnostics(diagnostics.map(diagnosticData));
      writeError(`${path} has errors and was left as it is.`);
      code = 2;
      continue;
    }
    const text = print(file, source);
    if (text === source.text) continue;
    if (options.check) {
      output.write(`${path} is not in the canonical form\n`);
      code ||= 1;
    } else {
      replaceFile(path, text);
      output.write(`${path} formatted\n`);
    }
  }
  return code;
}
