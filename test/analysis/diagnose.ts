// What the compiler says of a spec, for tests with marks in their text. Modules beside it are given as text; the library is the real one.

import { expect } from 'vitest';
import type { Loader } from '../../src/analysis/modules.js';
import { isError, type Diagnostic } from '../../src/base/diagnostic.js';
import type { SourceFile } from '../../src/base/span.js';
import { fileLoader } from '../../src/cli/loader.js';
import { compile, type Compiled } from '../../src/compile.js';
import { expectDiagnosticsOf, withoutMarks } from '../support/diagnostics.js';

type Modules = Readonly<Record<string, string>>;

export interface Setting {
  /** The check block whose constants are set. */
  readonly check?: string;
  /** `--const NAME=TEXT`. */
  readonly constants?: Readonly<Record<string, string>>;
}

export function compileText(source: SourceFile, modules: Modules = {}, setting: Setting = {}): Compiled {
  const { check, constants } = setting;
  return compile({
    entry: source, loader: loaderOf(source, modules),
    ...(check === undefined ? {} : { check }),
    ...(constants === undefined ? {} : { constants: new Map(Object.entries(constants)) }),
  });
}

/**
 * Checks that compiling gives exactly the marked diagnostics, in the spec and in the modules beside it. There must be a model exactly
 * when nothing is an error: a spec that is refused without a word is no near miss.
 */
export function expectDiagnostics(marked: string, modules: Modules = {}, setting: Setting | string = {}): void {
  const given = typeof setting === 'string' ? { check: setting } : setting;
  const clean = Object.fromEntries(Object.entries(modules).map(([path, text]) => [path, withoutMarks(text)]));
  let all: readonly Diagnostic[] = [];
  expectDiagnosticsOf((source) => {
    const compiled = compileText(source, clean, given);
    all = compiled.diagnostics;
    expect(compiled.model === undefined, 'refused exactly when there is an error').toBe(all.some(isError));
    return all.filter((d) => d.at.file.path === source.path);
  }, marked);
  for (const [path, text] of Object.entries(modules)) expectDiagnosticsOf(() => all.filter((d) => d.at.file.path === path), text);
}

/** Codes of everything that is said, with the file. */
export function codesOf(text: string, modules: Modules = {}, setting: Setting = {}): readonly string[] {
  return compileText({ path: 'test.heddle', text }, modules, setting).diagnostics.map((d) => `${d.at.file.path}: ${d.code}`);
}

/** Loads the modules by their paths, such as `ring.heddle`, the spec itself, and the library. */
export function loaderOf(source: SourceFile, modules: Modules): Loader {
  const library = fileLoader();
  const files = new Map<string, SourceFile>(Object.entries({ [source.path]: source.text, ...modules }).map(([path, text]) => [path, { path, text }]));
  return {
    load: (module, from) => (module.startsWith('.') ? files.get(module.replace(/^\.\//, '') + (module.endsWith('.heddle') ? '' : '.heddle')) : library.load(module, from)),
    known: (from) => [...[...files.keys()].map((name) => `./${name.replace(/\.heddle$/, '')}`), ...(library.known?.(from) ?? []).filter((name) => !name.startsWith('.'))],
  };
}
