// The one check of one file that a command works on (graph, simulate, export). A name that the file does not have is refused: what is asked
// for is never silently something else.

import { analyse } from '../analysis/analyse.js';
import { propertyNames } from '../analysis/config.js';
import type { Loader } from '../analysis/modules.js';
import { nearest } from '../base/suggest.js';
import type { SourceFile } from '../base/span.js';
import { UserError } from './io.js';
import { fileLoader, openSource } from './loader.js';
import { parseConstants } from './option-values.js';

export interface OneCheckOptions {
  /** The first that is not manual, unless told. */
  readonly check?: string;
  readonly const: readonly string[];
  readonly property?: readonly string[];
}

export interface OneCheck {
  readonly source: SourceFile;
  readonly loader: Loader;
  readonly check: string;
  readonly constants: readonly (readonly [name: string, value: string])[];
}

/** @throws UserError when the file cannot be read, or lacks a name of the call */
export function oneCheck(file: string, options: OneCheckOptions): OneCheck {
  const source = openSource(file);
  if ('problem' in source) throw new UserError(`Cannot read ${file}: ${source.problem}.`);
  const constants = parseConstants(options.const);
  const loader = fileLoader();
  const { checks, constantNames, program } = analyse({ entry: source, loader });
  const names = checks.map(({ name }) => name);
  if (options.check !== undefined) refuseUnknown(file, 'check', [options.check], names);
  // What is wrong with the spec itself is told where it is compiled.
  if (program !== undefined) {
    refuseUnknown(file, 'constant', constants.map(([name]) => name), constantNames);
    refuseUnknown(file, 'property', options.property ?? [], propertyNames(program));
  }
  return { source, loader, check: options.check ?? (checks.find(({ manual }) => !manual) ?? checks[0])!.name, constants };
}

function refuseUnknown(file: string, kind: string, asked: readonly string[], known: Iterable<string>): void {
  const names = [...new Set(known)];
  const unknown = asked.find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const near = nearest(unknown, names);
  throw new UserError(`${file} has no ${kind} '${unknown}'.`, near === undefined ? `It has ${names.length === 0 ? 'none' : names.join(', ')}.` : `Did you mean '${near}'?`);
}
