// What can be done at a place: the fixes of its diagnostics, and changes that need no diagnostic.

import { blocksOf } from '../ast/blocks.js';
import type { Expr, Stmt } from '../ast/nodes.js';
import { childrenOfExpr } from '../ast/children.js';
import type { Diagnostic } from '../base/diagnostic.js';
import type { SourceFile, Span } from '../base/span.js';
import type { Finding } from './diagnose.js';
import { addLocal, bodyAt, declarationAt, freshName, indentAt, linesOf, statementsAround, wrapped, writtenType } from './enclosing.js';
import { FIXES, type Fix } from './fixes.js';
import type { TextEdit } from './place.js';
import type { Sym } from './symbols.js';
import { useAt, usesIn } from './uses.js';
import { importsOf, moduleOf, visible, type World } from './world.js';

export interface Action extends Fix {
  readonly kind: 'fix' | 'refactor';
  readonly diagnostic?: Diagnostic;
}

/** Actions for a selection. `findings` are those that the editor shows. */
export function actions(world: World, file: SourceFile, range: Span, findings: readonly Finding[]): readonly Action[] {
  const touching = findings.filter((f) => f.span.start <= range.end && range.start <= f.span.end && f.diagnostic.at.file === file);
  const fixes = touching.flatMap(({ diagnostic: d }): readonly Action[] => [
    ...(FIXES[d.code]?.(file, d) ?? []).map((f): Action => ({ ...f, kind: 'fix', diagnostic: d })),
    ...(d.code === 'resolve/unknown-name' ? unknownName(world, file, d) : []),
    ...(d.code === 'resolve/context' ? bindContext(world, file, d) : []),
  ]);
  const refactors = [makeAtomic(file, range), splitStep(world, file, range.start), ...missingCases(world, file, range.start), ...addFair(file, range.start)];
  const seen = new Set(fixes.map((f) => JSON.stringify(f.edits)));
  return [...fixes, ...refactors.flatMap((r): readonly Action[] => (r === undefined || seen.has(JSON.stringify(r.edits)) ? [] : [{ ...r, kind: 'refactor' }]))];
}

/** Declares it, or imports the module of the library that does. */
function unknownName(world: World, file: SourceFile, d: Diagnostic): readonly Action[] {
  const name = file.text.slice(d.at.start, d.at.end);
  if (!/^[A-Za-z_]\w*$/.test(name)) return [];
  const found: Action[] = [];
  for (const path of world.known?.(file) ?? []) {
    const source = world.load(path, file);
    const symbol = source && source !== file ? moduleOf(source).top.get(name) : undefined;
    if (symbol === undefined) continue;
    found.push({ title: `Import "${path}"`, kind: 'fix', diagnostic: d, edits: [addImport(file, path)] });
    if (found.length === 3) break;
  }
  if (!/^[A-Z]/.test(name)) {
    const body = bodyAt(file, d.at.start);
    if (body !== undefined) found.push({ title: `Declare local variable '${name}'`, kind: 'fix', diagnostic: d, edits: [addLocal(file, body, `var ${name}: 0..3`)] });
    const declaration = declarationAt(file, d.at.start);
    if (declaration !== undefined) {
      const { start } = linesOf(file, { start: declaration.span.start, end: declaration.span.start });
      found.push({ title: `Declare shared variable '${name}'`, kind: 'fix', diagnostic: d, edits: [{ span: { start: aboveDoc(file, start), end: aboveDoc(file, start) }, text: `var ${name}: 0..3 = 0\n\n` }] });
    }
  }
  return found;
}

/** The beginning of the doc comment right above a line. */
function aboveDoc(file: SourceFile, line: number): number {
  const doc = /(?:^|\n)((?:[ \t]*\/\/\/[^\n]*\n)+)$/.exec(file.text.slice(0, line));
  return doc === null ? line : line - doc[1]!.length;
}

function addImport(file: SourceFile, path: string): TextEdit {
  const module = moduleOf(file);
  const after = importsOf(module).at(-1) ?? module.tree.declarations.find((d) => d.kind === 'spec');
  if (after === undefined) return { span: { start: 0, end: 0 }, text: `import "${path}"\n` };
  return { span: { start: after.span.end, end: after.span.end }, text: `\nimport "${path}"` };
}

/** A process that calls what reads a context gets a parameter of its name. */
function bindContext(world: World, file: SourceFile, d: Diagnostic): readonly Action[] {
  const declaration = declarationAt(file, d.at.start);
  const name = /reads the context '(\w+)'/.exec(d.message)?.[1];
  if (declaration?.kind !== 'process' || name === undefined || declaration.parameter !== undefined) return [];
  const context = visible(world, moduleOf(file), name).find((s) => s.kind === 'context');
  const type = context?.type && context.file.text.slice(context.type.span.start, context.type.span.end);
  const at = declaration.name.span.end;
  return type === undefined ? [] : [{ title: `Give it the parameter '${name}'`, kind: 'fix', diagnostic: d, edits: [{ span: { start: at, end: at }, text: `(${name} in ${type})` }] }];
}

/** Wraps the statement at the cursor, or the selected ones of one block, in `atomic`. */
function makeAtomic(file: SourceFile, range: Span): Fix | undefined {
  const around = statementsAround(file, range.start);
  if (around.some((s) => s.kind === 'atomic')) return undefined;
  const declaration = declarationAt(file, range.start);
  if (declaration?.kind === 'procedure' && declaration.atomic) return undefined;
  if (range.end > range.start) {
    const block = blockAround(file, range);
    const chosen = block.filter((s) => s.span.end > range.start && s.span.start < range.end);
    const [first, last] = [chosen[0], chosen.at(-1)];
    if (first === undefined || last === undefined || chosen.length < 2) return first && one(file, first);
    const indent = indentAt(file, first.span.start);
    const text = file.text.slice(first.span.start, last.span.end);
    return { title: `Make ${chosen.length} statements one atomic step`, edits: [{ span: { start: first.span.start, end: last.span.end }, text: `atomic {\n${indent}  ${text.replaceAll('\n', '\n  ')}\n${indent}}` }] };
  }
  const s = around.at(-1);
  return s && one(file, s);
}

const PLAIN: ReadonlySet<Stmt['kind']> = new Set(['assign', 'await', 'call', 'free', 'touch', 'if', 'either', 'with']);

const one = (file: SourceFile, s: Stmt): Fix | undefined => (PLAIN.has(s.kind) ? { title: 'Make it `atomic`', edits: [wrapped(file, s, 'atomic')] } : undefined);

/** The statements of the innermost block around a range. */
function blockAround(file: SourceFile, range: Span): readonly Stmt[] {
  const inner = statementsAround(file, range.start).filter((s) => s.span.end >= range.end).at(-1);
  const blocks = inner === undefined ? [] : bracedIn(inner).filter((b) => b.some((s) => s.span.end > range.start && s.span.start < range.end));
  return blocks[0] ?? bodyAt(file, range.start)?.statements ?? [];
}

/** The blocks in braces inside a statement: `else if` has none of its own. */
const bracedIn = (s: Stmt): readonly (readonly Stmt[])[] => blocksOf(s).flatMap((b) => (s.kind === 'if' && b[0] === s.else && b[0] !== undefined ? bracedIn(b[0]) : [b]));

/** `x := x + 1` becomes `seen := x` and `x := seen + 1`, as a processor does it. */
function splitStep(world: World, file: SourceFile, offset: number): Fix | undefined {
  const module = moduleOf(file);
  const s = statementsAround(file, offset).at(-1);
  const body = bodyAt(file, offset);
  if (s === undefined || body === undefined || statementsAround(file, offset).some((a) => a.kind === 'atomic')) return undefined;
  const [values, keep] = s.kind === 'assign' && s.targets.length === 1 && isShared(world, file, s.targets[0]!) ? [s.values, 0] : s.kind === 'assign' ? [s.values, 1] : s.kind === 'if' ? [[s.condition], 1] : [[], 0];
  if (values.some((v) => v.kind === 'new' || v.kind === 'call')) return undefined;
  const reads = values.flatMap((v) => sharedReads(world, file, v));
  const moved = reads.slice(0, Math.max(0, reads.length - keep));
  if (moved.length === 0) return undefined;
  const edits: TextEdit[] = [];
  const before: string[] = [];
  const locals: string[] = [];
  const indent = indentAt(file, s.span.start);
  let used = file.text;
  for (const e of moved) {
    const text = file.text.slice(e.span.start, e.span.end);
    const type = writtenType(world, module, e);
    if (type === undefined) return undefined;
    const name = freshName(body, used, 'seen');
    used += ` ${name}`;
    locals.push(`var ${name}: ${type.file.text.slice(type.type.span.start, type.type.span.end)}`);
    before.push(`${name} := ${text}\n${indent}`);
    edits.push({ span: e.span, text: name });
  }
  // A label belongs to the first of the new steps.
  const start = s.label === undefined ? s.span.start : s.label.span.end + /^\s*/.exec(file.text.slice(s.label.span.end))![0].length;
  edits.push({ span: { start, end: start }, text: before.join('') });
  const [first, ...others] = locals;
  const declared = addLocal(file, body, first!);
  const innerIndent = /\n([ \t]*)\S/.exec(declared.text)?.[1] ?? '  ';
  const rest = others.map((l) => `\n${innerIndent}${l}`).join('');
  edits.push({ ...declared, text: declared.text.replace(first!, () => `${first!}${rest}`) });
  return { title: moved.length === 1 ? 'Split this step in two' : `Split this step in ${moved.length + 1}`, edits: edits.sort((a, b) => a.span.start - b.span.start) };
}

function rootSymbol(world: World, file: SourceFile, e: Expr): Sym | undefined {
  switch (e.kind) {
    case 'name':
      return useAt(usesIn(world, moduleOf(file)), e.name.span.start)?.symbols[0];
    case 'field':
      return useAt(usesIn(world, moduleOf(file)), e.field.span.start)?.symbols[0];
    case 'index':
      return rootSymbol(world, file, e.object);
    default:
      return undefined;
  }
}

function isShared(world: World, file: SourceFile, e: Expr): boolean {
  const root = rootSymbol(world, file, e);
  if (root?.kind === 'variable') return true;
  if (root?.kind === 'field') return root.container?.kind !== 'record' || (e.kind === 'field' && isShared(world, file, e.object));
  return e.kind === 'index' ? isShared(world, file, e.object) : false;
}

/** The largest places of an expression that stand for one shared access each, in the order of evaluation. */
function sharedReads(world: World, file: SourceFile, e: Expr): readonly Expr[] {
  // What is bound inside of the expression cannot be read before it.
  if (e.kind === 'quantifier' || e.kind === 'filter' || e.kind === 'map') return [];
  if ((e.kind === 'name' || e.kind === 'index' || e.kind === 'field') && isShared(world, file, e)) return [e];
  return childrenOfExpr(e).flatMap((c) => sharedReads(world, file, c));
}

/** An `if` chain that compares with members of one enum: branches for the members that are missing. */
function missingCases(world: World, file: SourceFile, offset: number): readonly Fix[] {
  const chain = statementsAround(file, offset).findLast((s) => s.kind === 'if');
  if (chain?.kind !== 'if' || offset > chain.then.span.start && chain.then.statements.some((s) => s.span.start <= offset && offset <= s.span.end)) return [];
  const compared: Sym[] = [];
  let [subject, prefix]: readonly (string | undefined)[] = [];
  let last: Stmt & { readonly kind: 'if' } = chain;
  for (let s: Stmt | undefined = chain; s?.kind === 'if'; s = s.else !== undefined && 'kind' in s.else ? s.else : undefined) {
    last = s;
    const found = comparison(world, file, s.condition);
    if (found === undefined || (subject !== undefined && subject !== found.subject)) return [];
    ({ subject, prefix } = found);
    compared.push(found.member);
  }
  const of = compared[0]?.container;
  if (of === undefined || subject === undefined || last.else !== undefined) return [];
  const missing = moduleOf(of.file).all.filter((m) => m.kind === 'member' && m.container === of && !compared.some((c) => c.name === m.name));
  if (missing.length === 0) return [];
  const indent = indentAt(file, chain.span.start);
  const text = missing.map((m) => ` else if ${subject} == ${prefix}${m.name} {\n${indent}  skip\n${indent}}`).join('');
  const title = missing.length === 1 ? `Add the missing case ${missing[0]!.name}` : `Add the missing cases ${missing.map((m) => m.name).join(', ')}`;
  return [{ title, edits: [{ span: { start: last.then.span.end, end: last.then.span.end }, text }] }];
}

/** `subject == prefix.member` */
function comparison(world: World, file: SourceFile, e: Expr): { readonly subject: string; readonly prefix: string; readonly member: Sym } | undefined {
  if (e.kind !== 'binary' || e.operator !== '==') return undefined;
  const member = rootSymbol(world, file, e.right);
  if (member?.kind !== 'member') return undefined;
  const right = file.text.slice(e.right.span.start, e.right.span.end);
  return { subject: file.text.slice(e.left.span.start, e.left.span.end), prefix: right.slice(0, right.lastIndexOf('.') + 1), member };
}

/** A process without fairness may stop for ever: `fair`, and `fair+` where interrupts disable it again and again. */
function addFair(file: SourceFile, offset: number): readonly Fix[] {
  const d = declarationAt(file, offset);
  if (d?.kind !== 'process' || offset > d.body.span.start) return [];
  const at = (text: string, from: number, to = from): TextEdit => ({ span: { start: from, end: to }, text });
  if (d.fairness === 'none') return [{ title: 'Make it `fair`', edits: [at('fair ', d.span.start)] }, { title: 'Make it `fair+`', edits: [at('fair+ ', d.span.start)] }];
  return d.fairness === 'weak' ? [{ title: 'Make it `fair+`', edits: [at('+', d.span.start + 4)] }] : [];
}
