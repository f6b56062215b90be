// What is wrong with a file, for an editor: the diagnostics of the analysis that stand in it, and one at an import whose module has errors.

import { isError, type Diagnostic } from '../base/diagnostic.js';
import type { SourceFile, Span } from '../base/span.js';
import { factsOf, loweredOf } from './facts.js';
import { closureOf, importedBy, importsOf, moduleOf, type World } from './world.js';

export interface Finding {
  readonly span: Span;
  readonly diagnostic: Diagnostic;
  /** To be shown as taking no part: never used, never reached. */
  readonly isUnnecessary: boolean;
}

/** `lowered`: what only lowering finds too, which takes several times as long. */
export function diagnose(world: World, file: SourceFile, lowered: boolean): readonly Finding[] {
  const facts = factsOf(world, file);
  const more = lowered ? (loweredOf(world, file)?.diagnostics ?? []) : [];
  const all = [...facts.diagnostics, ...more];
  const own = all.filter((d) => d.at.file === file).map((d): Finding => ({ span: { start: d.at.start, end: d.at.end }, diagnostic: d, isUnnecessary: d.code === 'flow/unused' || d.code === 'flow/unreachable' }));
  return [...own, ...fromImports(world, file, all)];
}

/** Errors of an imported module are shown where it is imported, with the first one as the reason. */
function fromImports(world: World, file: SourceFile, all: readonly Diagnostic[]): readonly Finding[] {
  const module = moduleOf(file);
  return importsOf(module).flatMap((d): readonly Finding[] => {
    const target = importedBy(world, module, d);
    if (target === undefined || target === module) return [];
    const behind = new Set(closureOf(world, target).map((m) => m.source));
    const first = all.find((x) => isError(x) && x.at.file !== file && behind.has(x.at.file));
    if (first === undefined) return [];
    const message = `${first.at.file.path} has an error: ${first.message}`;
    return [{ span: d.pathSpan, diagnostic: { ...first, at: { file, ...d.pathSpan }, message, related: [{ at: first.at, message: first.message }] }, isUnnecessary: false }];
  });
}
