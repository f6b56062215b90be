// `heddle export`: a spec in the language of another checker.

import * as path from 'node:path';
import { unreachable } from '../../base/unreachable.js';
import { diagnostic, isError } from '../../base/diagnostic.js';
import { diagnosticData } from '../../check/diagnostic-data.js';
import { compile } from '../../compile.js';
import { promelaFile } from '../../export/promela/file.js';
import { tlaFiles } from '../../export/tla/file.js';
import { Unsupported } from '../../export/unsupported.js';
import type { Model } from '../../model/model.js';
import { makeFolder, openOutput, replaceFile, writeDiagnostics } from '../io.js';
import { oneCheck } from '../one-check.js';
import { VERSION } from '../version.js';

export type Language = 'tla' | 'promela';

export interface ExportOptions {
  readonly to: Language;
  readonly check?: string;
  readonly const: readonly string[];
  readonly out?: string;
}

export interface ExportedFile {
  readonly name: string;
  readonly text: string;
}

/** Runs the command; gives its exit code. */
export function exportSpec(file: string, options: ExportOptions): number {
  const { source, loader, check, constants } = oneCheck(file, options);
  const { model, diagnostics } = compile({ entry: source, loader, check, constants: new Map(constants) });
  if (model === undefined) {
    writeDiagnostics(diagnostics.filter(isError).map(diagnosticData));
    return 2;
  }
  try {
    write(filesIn(options.to, model, source.path, check), options.out);
  } catch (error) {
    if (!(error instanceof Unsupported)) throw error;
    const at = { file: source, start: 0, end: 0 };
    writeDiagnostics([diagnosticData(diagnostic('engine/unsupported', at, { language: NAMES[options.to], reason: error.reason }))]);
    return 2;
  }
  return 0;
}

const NAMES = { tla: 'TLA+', promela: 'Promela' } as const;

/** @throws Unsupported */
export function filesIn(language: Language, model: Model, file: string, check: string): readonly ExportedFile[] {
  switch (language) {
    case 'promela':
      return [promelaFile(model, { file, check, version: VERSION })];
    case 'tla':
      return tlaFiles(model, { file, check, version: VERSION });
    default:
      return unreachable(language);
  }
}

/** @throws UserError when a file cannot be written */
export function write(files: readonly ExportedFile[], folder: string | undefined): void {
  if (folder === undefined) {
    const output = openOutput(undefined);
    // TLA+ has two files; a line says where the next one begins.
    output.write(files.map(({ name, text }) => (files.length === 1 ? text : `---- ${name}\n${text}`)).join('\n'));
    output.finish();
    return;
  }
  makeFolder(folder);
  for (const { name, text } of files) {
    const to = path.join(folder, name);
    replaceFile(to, text);
    openOutput(undefined).write(`${to}\n`);
  }
}
