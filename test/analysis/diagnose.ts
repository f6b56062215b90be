// What the compiler says of a spec, for tests with marks in their text. Modules beside it are given as text; the library is the real one.

import { compile } from '../../src/compile.js';
import { fileLoader } from '../../src/cli/loader.js';
import type { Loader } from '../../src/analysis/modules.js';
import { expectDiagnosticsOf } from '../support/diagnostics.js';

/** Checks that compiling gives exactly the marked diagnostics; those of other files are left out, but see `elsewhere`. */
export function expectDiagnostics(marked: string, modules: Readonly<Record<string, string>> = {}, check?: string): void {
  expectDiagnosticsOf((source) => {
    const { diagnostics } = compile({ entry: source, loader: loaderOf(modules), ...(check === undefined ? {} : { check }) });
    return diagnostics.filter((d) => d.at.file.path === source.path);
  }, marked);
}

/** Codes of everything that is said, with the file. */
export function codesOf(text: string, modules: Readonly<Record<string, string>> = {}): readonly string[] {
  return compile({ entry: { path: 'test.heddle', text }, loader: loaderOf(modules) }).diagnostics.map((d) => `${d.at.file.path}: ${d.code}`);
}

function loaderOf(modules: Readonly<Record<string, string>>): Loader {
  const library = fileLoader();
  const files = new Map(Object.entries(modules).map(([path, text]) => [path, { path, text }]));
  return {
    load: (module, from) => (module.startsWith('.') ? files.get(module.replace(/^\.\//, '') + (module.endsWith('.heddle') ? '' : '.heddle')) : library.load(module, from)),
    known: (from) => [...[...files.keys()].map((name) => `./${name.replace(/\.heddle$/, '')}`), ...(library.known?.(from) ?? []).filter((name) => !name.startsWith('.'))],
  };
}
