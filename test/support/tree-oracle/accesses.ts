// What the page on steps asks of a statement before it runs: does it touch shared state, is it a ghost's, does a step start at it?

import type { Expr, Stmt } from '../../../src/ast/nodes.js';
import { childrenOfExpr } from '../../../src/ast/children.js';
import { isConstant, type Names } from './code.js';
import { evaluateConstant } from './constants.js';
import { argumentsOf, calleeOf, isExchange, macroOf, procedureOf, rootOf, text, type Procedure, type Spec } from './spec.js';

/** The expression reads shared state: a variable, an object, or what an `inout` parameter may stand for. */
export function reads(spec: Spec, e: Expr, names: Names): boolean {
  if (e.kind === 'name') {
    const { text: name } = e.name;
    if (names.inouts.has(name)) return true;
    const kind = names.locals.has(name) ? undefined : spec.named.get(name)?.kind;
    return kind === 'var' || kind === 'pool';
  }
  if (e.kind === 'field' && spec.objectFields.has(e.field.text)) return true;
  if (e.kind === 'call') {
    const d = spec.named.get(calleeOf(e) ?? '');
    if (calleeOf(e) === 'alive') return true;
    if (d?.kind === 'def' && reads(spec, d.value, { locals: new Set(d.parameters.map((p) => p.name.text)), inouts: new Set() })) return true;
    return e.arguments.some((a) => reads(spec, a, names));
  }
  const bound = e.kind === 'quantifier' ? e.binders.flatMap((b) => b.names.map(text)) : e.kind === 'filter' || e.kind === 'map' ? [e.name.text] : [];
  const inner = bound.length === 0 ? names : { ...names, locals: new Set([...names.locals, ...bound]) };
  return childrenOfExpr(e).some((x) => reads(spec, x, inner));
}

/** The place is shared, or finding it reads shared state. */
export function isShared(spec: Spec, place: Expr, names: Names): boolean {
  const root = rootOf(place) ?? '';
  return reads(spec, place, names) || names.inouts.has(root) || (!names.locals.has(root) && spec.named.get(root)?.kind === 'var');
}

/** Passing the arguments reads shared state. */
export const argumentsRead = (spec: Spec, d: Procedure, call: Expr, names: Names): boolean =>
  argumentsOf(call).some((a, i) => (d.parameters[i]!.inout ? isShared(spec, a, names) : reads(spec, a, names)));

/** The statement only writes ghosts or asserts: it joins a step and is none. */
export function isGhost(spec: Spec, s: Stmt): boolean {
  const all = (list: readonly Stmt[]): boolean => list.length > 0 && list.every((x) => isGhost(spec, x));
  switch (s.kind) {
    case 'assign':
      return s.targets.every((t) => spec.ghosts.has(rootOf(t) ?? ''));
    case 'assert':
      return true;
    case 'if':
      return all(spec.code.blocks(s).flat());
    case 'call': {
      if (macroOf(spec, s) !== undefined) return all(spec.code.expansion(spec, s));
      const d = procedureOf(spec, s.call);
      return d?.body !== undefined && d.result === undefined && d.parameters.every((p) => !p.inout) && all(d.body.statements);
    }
    default:
      return false;
  }
}

/** Something shared is touched by the statement or inside it, calls included; or it waits or chooses. */
export function touches(spec: Spec, s: Stmt, names: Names): boolean {
  if (isGhost(spec, s)) return false;
  const inside = (): boolean => spec.code.blocks(s).flat().some((x) => touches(spec, x, names));
  switch (s.kind) {
    case 'if':
    case 'while':
      return reads(spec, s.condition, names) || inside();
    case 'loop':
    case 'atomic':
      return inside();
    case 'call':
      if (macroOf(spec, s) !== undefined) return spec.code.expansion(spec, s).some((x) => touches(spec, x, names));
      break;
    default:
  }
  const called = [...(s.kind === 'call' || s.kind === 'defer' ? [s.call] : []), ...(s.kind === 'return' && s.value ? [s.value] : []), ...(s.kind === 'assign' ? [...s.values] : [])];
  return called.some((e) => calleeTouches(spec, e)) || (s.kind === 'assign' && s.targets.some((t) => isShared(spec, t, names))) || ownAccess(spec, s, names);
}

function calleeTouches(spec: Spec, e: Expr): boolean {
  const d = procedureOf(spec, e);
  if (d === undefined) return false;
  const { names, statements } = spec.code.owner(spec, d.name.text);
  return statements.some((x) => touches(spec, x, names));
}

/** The value is worked out with a shared access. The body of a procedure that is not atomic does not count. */
function valueAccess(spec: Spec, e: Expr, names: Names): boolean {
  if (e.kind === 'new') return true;
  if (isExchange(spec, e)) return isShared(spec, e.arguments[0]!, names) || e.arguments.slice(1).some((a) => reads(spec, a, names));
  const d = procedureOf(spec, e);
  return d === undefined ? reads(spec, e, names) : argumentsRead(spec, d, e, names) || (d.atomic && calleeTouches(spec, e));
}

/** The statement itself makes a shared access, waits, chooses, allocates or frees. */
function ownAccess(spec: Spec, s: Stmt, names: Names): boolean {
  switch (s.kind) {
    case 'await':
    case 'rest':
    case 'either':
    case 'with':
    case 'free':
    case 'touch':
      return true;
    case 'if':
    case 'while':
      return reads(spec, s.condition, names);
    case 'assign': {
      const d = procedureOf(spec, s.values[0]);
      // The store of a result is a step of its own.
      if (d !== undefined && !d.atomic) return argumentsRead(spec, d, s.values[0]!, names);
      return s.targets.some((t) => isShared(spec, t, names)) || s.values.some((v) => valueAccess(spec, v, names));
    }
    case 'call':
      return macroOf(spec, s) === undefined && valueAccess(spec, s.call, names);
    case 'return':
      return s.value !== undefined && valueAccess(spec, s.value, names);
    case 'defer':
      return argumentsRead(spec, procedureOf(spec, s.call)!, s.call, names);
    case 'atomic':
      return touches(spec, s, names);
    default:
      return false;
  }
}

/** A step starts here, unless an atomic one is running. */
export function isStart(spec: Spec, s: Stmt, names: Names): boolean {
  if (isGhost(spec, s)) return false;
  return s.label !== undefined || (spec.grain === 'statement' && ownAccess(spec, s, names));
}

/** How a round of statements can pass without a step starting in it: to its end, or by `continue`. */
interface Quiet {
  readonly through: boolean;
  readonly again: boolean;
}

/** A round of the loop can touch no shared state: each of its rounds then ends a step. */
export function hasQuietRound(spec: Spec, loop: Stmt, names: Names): boolean {
  const { through, again } = quiet(spec, spec.code.blocks(loop)[0]!, names);
  return !isStart(spec, loop, names) && (through || again);
}

function quiet(spec: Spec, list: readonly Stmt[], names: Names): Quiet {
  let again = false;
  for (const s of list) {
    const one = quietOne(spec, s, names);
    again ||= one.again;
    if (!one.through) return { through: false, again };
  }
  return { through: true, again };
}

function quietOne(spec: Spec, s: Stmt, names: Names): Quiet {
  if (isGhost(spec, s)) return { through: true, again: false };
  if (isStart(spec, s, names)) return { through: false, again: false };
  switch (s.kind) {
    case 'break':
    case 'goto':
    case 'return':
      return { through: false, again: false };
    case 'continue':
      return { through: false, again: true };
    case 'if': {
      const [then, otherwise] = spec.code.blocks(s).map((b) => quiet(spec, b, names)) as [Quiet, Quiet];
      if (isConstant(spec, s.condition)) return evaluateConstant(spec, s.condition) === true ? then : otherwise;
      return { through: then.through || otherwise.through, again: then.again || otherwise.again };
    }
    case 'call':
    case 'assign': {
      if (macroOf(spec, s) !== undefined && s.kind === 'call') return quiet(spec, spec.code.expansion(spec, s), names);
      const d = procedureOf(spec, s.kind === 'call' ? s.call : s.values[0]);
      if (d?.body === undefined || d.atomic) return { through: true, again: false };
      const owner = spec.code.owner(spec, d.name.text);
      const isStored = s.kind === 'assign' && s.targets.some((t) => !names.locals.has(rootOf(t) ?? ''));
      return { through: !isStored && !owner.statements.some((x) => hasStart(spec, x, owner.names)), again: false };
    }
    default:
      return { through: true, again: false };
  }
}

const hasStart = (spec: Spec, s: Stmt, names: Names): boolean => touches(spec, s, names) || s.label !== undefined || spec.code.blocks(s).flat().some((x) => hasStart(spec, x, names));
