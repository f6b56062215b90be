// The shape of a text: what folds, what a growing selection takes in, links behind imports, places to run things from.

import { positionAt, type SourceFile, type Span } from '../base/span.js';
import { nodesIn } from './symbols.js';
import { wordAt } from './hover.js';
import { importedBy, importsOf, moduleOf, type World } from './world.js';

export interface Fold {
  readonly span: Span;
  readonly kind: 'code' | 'comment' | 'imports';
}

/** Parts of more than one line. */
export function folds(file: SourceFile): readonly Fold[] {
  const { tree } = moduleOf(file);
  const found: Fold[] = [];
  const lineOf = (offset: number): number => positionAt(file, offset).line;
  for (const n of nodesIn({ category: 'file', node: tree })) {
    if (n.category === 'file') continue;
    const { span } = n.node;
    const folds = n.category === 'declaration' || n.category === 'block' || n.category === 'statement' || (n.category === 'expr' && ['set', 'record', 'new', 'map'].includes(n.node.kind));
    if (folds && lineOf(span.end) > lineOf(span.start)) found.push({ span, kind: 'code' });
  }
  runs(tree.comments.map((c) => c.span), lineOf, 'comment', found);
  runs(importsOf(moduleOf(file)).map((d) => d.span), lineOf, 'imports', found);
  const first = new Map(found.map((f) => [lineOf(f.span.start), f]));
  // Of several that begin on one line the longest counts.
  for (const f of found) if (f.span.end > first.get(lineOf(f.span.start))!.span.end) first.set(lineOf(f.span.start), f);
  return [...first.values()].sort((a, b) => a.span.start - b.span.start);
}

/** Spans on consecutive lines make one fold. */
function runs(spans: readonly Span[], lineOf: (offset: number) => number, kind: Fold['kind'], into: Fold[]): void {
  let open: { start: number; end: number } | undefined;
  const close = (): void => {
    if (open !== undefined && lineOf(open.end) > lineOf(open.start)) into.push({ span: open, kind });
  };
  for (const s of spans) {
    if (open !== undefined && lineOf(s.start) <= lineOf(open.end) + 1) open.end = Math.max(open.end, s.end);
    else {
      close();
      open = { ...s };
    }
  }
  close();
}

/** Spans around an offset, each inside the next. */
export function selections(file: SourceFile, offset: number): readonly Span[] {
  const { tree } = moduleOf(file);
  const spans: Span[] = [];
  const word = wordAt(file.text, offset);
  if (word !== undefined) spans.push(word);
  const around = [...nodesIn({ category: 'file', node: tree })].map((n) => n.node.span).filter((s) => s.start <= offset && offset <= s.end);
  for (const s of around.sort((a, b) => a.end - a.start - (b.end - b.start))) {
    const last = spans.at(-1);
    if (last === undefined || (s.start <= last.start && last.end <= s.end && s.end - s.start > last.end - last.start)) spans.push(s);
  }
  const whole = { start: 0, end: file.text.length };
  const last = spans.at(-1);
  return last?.start === whole.start && last.end === whole.end ? spans : [...spans, whole];
}

export interface Link {
  readonly span: Span;
  readonly target: SourceFile;
}

export function links(world: World, file: SourceFile): readonly Link[] {
  const module = moduleOf(file);
  return importsOf(module).flatMap((d) => {
    const target = importedBy(world, module, d)?.source;
    // Without the quotes.
    return target === undefined ? [] : [{ span: { start: d.pathSpan.start + 1, end: Math.max(d.pathSpan.start + 1, d.pathSpan.end - 1) }, target }];
  });
}

/** Something that can be run: a check, or a property by itself. */
export interface Lens {
  readonly kind: 'check' | 'property';
  readonly name: string;
  /** The declared name. */
  readonly span: Span;
}

export function lenses(file: SourceFile): readonly Lens[] {
  return moduleOf(file).tree.declarations.flatMap((d): readonly Lens[] => {
    if (d.kind === 'check') return [{ kind: 'check', name: d.name.text, span: d.name.span }];
    return d.kind === 'invariant' || d.kind === 'property' ? [{ kind: 'property', name: d.name.text, span: d.name.span }] : [];
  });
}
