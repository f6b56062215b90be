// The statements of a spec, numbered so that a state can say where it stands, with macros written out and bodies made ready.

import { blocksOf } from '../../../src/ast/blocks.js';
import { children, type Node } from '../../../src/ast/children.js';
import type { Body, Expr, LocalVar, Stmt } from '../../../src/ast/nodes.js';
import { skip } from './outcomes.js';
import type { Shape } from './shapes.js';
import { argumentsOf, calleeOf, macroOf, nameOf, text, type Procedure, type Process, type Spec } from './spec.js';

/** Which names of a body are its own. */
export interface Names {
  readonly locals: ReadonlySet<string>;
  /** `inout` parameters: they may stand for something shared. */
  readonly inouts: ReadonlySet<string>;
}
export interface Owner {
  readonly names: Names;
  /** With an assignment in front for each local whose initial value is not constant. */
  readonly statements: readonly Stmt[];
  /** Those that start with a constant, a choice or the default of their type. */
  readonly locals: readonly LocalVar[];
  readonly shapes: ReadonlyMap<string, Shape>;
  readonly result: Shape | undefined;
}

/** Numbers for things, by identity. */
class Numbered<T extends object> {
  private readonly numbers = new Map<T, number>();
  private readonly things: T[] = [];
  numberOf(thing: T): number {
    let n = this.numbers.get(thing);
    if (n === undefined) this.numbers.set(thing, (n = this.things.push(thing) - 1));
    return n;
  }
  at = (n: number): T => this.things[n]!;
}

export class Code {
  readonly lists = new Numbered<readonly Stmt[]>();
  readonly loops = new Numbered<Stmt>();
  readonly targets = new Numbered<Expr>();
  private readonly inner = new Map<Stmt, readonly (readonly Stmt[])[]>();
  private readonly written = new Map<Stmt, readonly Stmt[]>();
  private readonly owners = new Map<string, Owner>();

  /** The blocks of a statement: the same lists each time. */
  blocks(s: Stmt): readonly (readonly Stmt[])[] {
    let found = this.inner.get(s);
    if (found === undefined) this.inner.set(s, (found = blocksOf(s)));
    return found;
  }

  /** The statements that a use of a macro stands for. */
  expansion(spec: Spec, s: Stmt & { readonly kind: 'call' }): readonly Stmt[] {
    let found = this.written.get(s);
    if (found === undefined) {
      const macro = macroOf(spec, s)!;
      const replaced = new Map(macro.parameters.map((p, i) => [p.text, argumentsOf(s.call)[i]!]));
      this.written.set(s, (found = substitute(macro.body.statements, replaced)));
    }
    return found;
  }

  owner(spec: Spec, name: string): Owner {
    let found = this.owners.get(name);
    if (found === undefined) this.owners.set(name, (found = ownerOf(spec, name)));
    return found;
  }
}

/** A copy in which names are replaced. Hygiene is not looked at: the random specs give every name once. */
function substitute<T>(tree: T, replaced: ReadonlyMap<string, Expr>): T {
  if (typeof tree !== 'object' || tree === null) return tree;
  if (Array.isArray(tree)) return tree.map((part: unknown) => substitute(part, replaced)) as T;
  if ('kind' in tree && tree.kind === 'name') return (replaced.get(nameOf(tree as unknown as Expr)!) ?? tree) as T;
  return Object.fromEntries(Object.entries(tree).map(([key, part]) => [key, substitute(part, replaced)])) as T;
}

/** The name of the body of `init`. */
export const INIT = 'init';

function ownerOf(spec: Spec, name: string): Owner {
  const d = spec.named.get(name);
  if (d?.kind === 'procedure') return bodyOf(spec, d, d.body ?? skip('an abstract procedure'));
  if (d?.kind === 'process') return bodyOf(spec, d, d.body);
  const statements = spec.declarations.flatMap((one) => (one.kind === 'init' ? one.body.statements : []));
  return { names: { locals: new Set(chosenIn(spec, statements)), inouts: new Set() }, statements, locals: [], shapes: new Map(), result: undefined };
}

function bodyOf(spec: Spec, d: Procedure | Process, body: Body): Owner {
  const parameters = d.kind === 'procedure' ? d.parameters : [];
  const outside = d.kind === 'process' && d.parameter !== undefined ? [d.parameter.name.text] : [];
  const isEarly = (l: LocalVar): boolean => l.initial?.kind !== 'value' || isConstant(spec, l.initial.expr, outside);
  const late = body.locals.filter((l) => !isEarly(l));
  const first: Stmt[] = late.map((l) => ({ kind: 'assign', span: l.span, targets: [{ kind: 'name', name: l.name, span: l.name.span }], values: [l.initial!.expr] }));
  const statements = [...first, ...body.statements];
  const own = [...parameters.filter((p) => !p.inout).map((p) => p.name), ...body.locals.map((l) => l.name)].map(text);
  const typed = [...parameters, ...body.locals].map((v) => [v.name.text, spec.shapeOf(v.type ?? skip('a local without a type'))] as const);
  return {
    names: {
      locals: new Set([...own, ...outside, ...(spec.context === undefined ? [] : [spec.context]), ...chosenIn(spec, statements)]),
      inouts: new Set(parameters.filter((p) => p.inout).map((p) => p.name.text)),
    },
    statements,
    locals: body.locals.map((l) => (isEarly(l) ? l : { name: l.name, span: l.span, ...(l.type === undefined ? {} : { type: l.type }) })),
    shapes: new Map(typed),
    result: d.kind === 'procedure' && d.result !== undefined ? spec.shapeOf(d.result) : undefined,
  };
}

/** Names of `with`, those of macros too. */
function chosenIn(spec: Spec, statements: readonly Stmt[]): readonly string[] {
  return statements.flatMap((s) => {
    const macro = macroOf(spec, s);
    const inner = [...blocksOf(s), ...(macro === undefined ? [] : [macro.body.statements])].flatMap((block) => chosenIn(spec, block));
    return s.kind === 'with' ? [s.name.text, ...inner] : inner;
  });
}

/** The value is known before the spec runs: it reads no variable and does nothing. `known`: names besides declared ones that have a value. */
export function isConstant(spec: Spec, e: Expr, known: readonly string[] = []): boolean {
  if (e.kind === 'self' || e.kind === 'new' || e.kind === 'prime') return false;
  if (e.kind === 'name') {
    const { text: name } = e.name;
    return known.includes(name) || spec.members.has(name) || name === 'bool' || ['const', 'type', 'enum'].includes(spec.named.get(name)?.kind ?? '');
  }
  if (e.kind === 'call') {
    const d = spec.named.get(calleeOf(e) ?? '');
    const isPure = d?.kind === 'def' ? isConstant(spec, d.value, d.parameters.map((p) => p.name.text)) : ['len', 'head', 'tail', 'append'].includes(calleeOf(e) ?? '');
    return isPure && e.arguments.every((a) => isConstant(spec, a, known));
  }
  const bound = e.kind === 'quantifier' ? e.binders.flatMap((b) => b.names.map(text)) : e.kind === 'filter' || e.kind === 'map' ? [e.name.text] : [];
  return below({ category: 'expr', node: e }).every((x) => isConstant(spec, x, [...known, ...bound]));
}

/** The expressions right below a node. */
export const below = (n: Node): readonly Expr[] => children(n).flatMap((c) => (c.category === 'expr' ? [c.node] : []));
