// Every question an editor can ask about a place, asked; what comes back must lie in its text.

import type { SourceFile, Span } from '../../src/base/span.js';
import { actions } from '../../src/ide/actions.js';
import { complete } from '../../src/ide/complete.js';
import { diagnose } from '../../src/ide/diagnose.js';
import { format, formatOnType } from '../../src/ide/format.js';
import { hints } from '../../src/ide/hints.js';
import { hover } from '../../src/ide/hover.js';
import { definitions, highlights, implementations, references, typeDefinitions } from '../../src/ide/navigate.js';
import { callRoot, incomingCalls, outgoingCalls, outline, workspaceSymbols, type OutlineItem } from '../../src/ide/outline.js';
import { applied, type TextEdit } from '../../src/ide/place.js';
import { renamable, rename } from '../../src/ide/rename.js';
import { semanticTokens } from '../../src/ide/semantic-tokens.js';
import { signatureHelp } from '../../src/ide/signature-help.js';
import { folds, lenses, links, selections } from '../../src/ide/structure.js';
import type { World } from '../../src/ide/world.js';

type Check = (what: string, file: SourceFile, span: Span) => void;

/** Throws where an answer points outside of its text, or edits overlap. */
export function askEverything(world: World, file: SourceFile, offset: number): void {
  const inside: Check = (what, f, { start, end }) => {
    if (!(Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end && end <= f.text.length)) throw new Error(`${what} at ${offset} answers ${start}..${end} in a text of ${f.text.length}`);
  };
  aboutThePlace(world, file, offset, inside);
  aboutTheText(world, file, inside);
  const findings = diagnose(world, file, true);
  findings.forEach((f) => {
    inside('diagnose', file, f.span);
    f.diagnostic.related?.forEach((r) => inside('related', r.at.file, r.at));
  });
  const end = Math.min(file.text.length, offset + 20);
  for (const range of [{ start: offset, end: offset }, { start: offset, end }]) for (const a of actions(world, file, range, findings)) editsOf(`action ${a.title}`, file, a.edits, inside);
}

function aboutThePlace(world: World, file: SourceFile, offset: number, inside: Check): void {
  for (const f of [definitions, typeDefinitions, implementations, references, highlights]) f(world, file, offset).forEach((p) => inside(f.name, p.file, p.span));
  const hovered = hover(world, file, offset);
  if (hovered) inside('hover', file, hovered.span);
  const completed = complete(world, file, offset);
  inside('complete', file, completed.span);
  if (completed.span.end < offset || completed.span.start > offset) throw new Error(`complete at ${offset} replaces ${completed.span.start}..${completed.span.end}`);
  const help = signatureHelp(world, file, offset);
  help?.parameters.forEach(([start, end]) => {
    if (start > end || end > help.label.length) throw new Error('a parameter outside of its label');
  });
  selections(file, offset).forEach((s, i, all) => {
    inside('selections', file, s);
    if (i > 0 && (all[i - 1]!.start < s.start || all[i - 1]!.end > s.end)) throw new Error('a selection that does not grow');
  });
  editsOf('format on type', file, formatOnType(file, offset), inside);
  const target = renamable(world, file, offset);
  if (!('refusal' in target)) inside('renamable', file, target.span);
  const renamed = rename(world, file, offset, 'fresh_name');
  if ('files' in renamed) renamed.files.forEach((f) => editsOf('rename', f.file, f.edits, inside));
  const root = callRoot(world, file, offset);
  if (root !== undefined) {
    for (const e of incomingCalls(world, root)) e.at.forEach((s) => inside('incoming', e.symbol.file, s));
    for (const e of outgoingCalls(world, root)) e.at.forEach((s) => inside('outgoing', root.file, s));
  }
}

function aboutTheText(world: World, file: SourceFile, inside: Check): void {
  const item = (i: OutlineItem): void => {
    inside('outline', file, i.whole);
    inside('outline', file, i.at);
    if (i.at.start < i.whole.start || i.at.end > i.whole.end) throw new Error(`the name of ${i.name} lies outside of it`);
    i.children.forEach(item);
  };
  outline(file).forEach(item);
  workspaceSymbols(world, 'a').forEach((s) => inside('symbols', s.file, s.at));
  let last = 0;
  for (const t of semanticTokens(world, file)) {
    inside('tokens', file, t.span);
    if (t.span.start < last) throw new Error('tokens overlap');
    last = t.span.end;
  }
  folds(file).forEach((f) => inside('folds', file, f.span));
  links(world, file).forEach((l) => inside('links', file, l.span));
  lenses(file).forEach((l) => inside('lenses', file, l.span));
  hints(world, file, { start: 0, end: file.text.length }).forEach((h) => inside('hints', file, { start: h.at, end: h.at }));
  editsOf('format', file, format(file), inside);
}

function editsOf(what: string, file: SourceFile, edits: readonly TextEdit[], inside: Check): void {
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  for (const [i, e] of sorted.entries()) {
    inside(what, file, e.span);
    if (i > 0 && sorted[i - 1]!.span.end > e.span.start) throw new Error(`edits of ${what} overlap`);
  }
  applied(file.text, edits);
}
