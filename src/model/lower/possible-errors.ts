// Which built-in checks can fail in a family at all: only these become properties of the model. Errs on the side of listing.

import type { Expr, Place, Pool } from '../../core/expr.js';
import { pathExpressions, subexpressions } from '../../core/walk.js';
import { isSubtype, type Type } from '../../core/type.js';
import type { Family, Node } from '../model.js';

/** Adds the names of the errors that a step of the family may give. */
export function possibleErrors(family: Family, found: Set<string>): void {
  for (const node of family.nodes) inNode(node, found);
}

function inNode(node: Node, found: Set<string>): void {
  switch (node.op) {
    case 'assign':
      node.targets.forEach((t) => inPlace(t, found));
      node.values.forEach((v) => inExpr(v, found));
      if (new Set(node.targets.map((t) => t.variable)).size < node.targets.length) found.add('assigned_twice');
      return;
    case 'branch':
    case 'await':
      inExpr(node.condition, found);
      return;
    case 'assert':
      inExpr(node.condition, found);
      if (node.property === undefined) found.add('assertion');
      return;
    case 'pick':
      inExpr(node.set, found);
      return;
    case 'new':
      inPlace(node.target, found);
      node.fields.forEach((f) => inExpr(f.value, found));
      if (!node.optional) found.add(`${node.pool.name}.exhausted`);
      return;
    case 'free':
    case 'touch':
      dereference(node.ref, node.pool, node.op === 'free' ? 'double_free' : 'use_after_free', found);
      return;
    case 'call':
      node.arguments.forEach((a) => inExpr(a.value, found));
      return;
    case 'return':
      if (node.value !== undefined) inExpr(node.value, found);
      return;
    case 'loop':
      found.add('endless_atomic');
      return;
    case 'reset':
    case 'either':
    case 'stop':
      return;
  }
}

function inPlace(place: Place, found: Set<string>): void {
  for (const step of place.path) {
    if (step.kind === 'object') dereference(step.ref, place.variable.pool!, 'use_after_free', found);
    else if (step.kind === 'index') {
      inExpr(step.index, found);
      indexed(step.index.type, step.key, found);
    }
  }
  pathExpressions(place).forEach((e) => inExpr(e, found));
}

function dereference(ref: Expr, pool: Pool, error: string, found: Set<string>): void {
  found.add(`${pool.name}.${error}`);
  if (ref.type.kind === 'nullable') found.add('null_dereference');
  inExpr(ref, found);
}

function indexed(index: Type, key: Type, found: Set<string>): void {
  if (isSubtype(index, key)) return;
  found.add('bad_index');
  if (index.kind === 'nullable') found.add('null_dereference');
}

function inExpr(e: Expr, found: Set<string>): void {
  switch (e.op) {
    case 'load':
      dereference(e.ref, e.variable.pool!, 'use_after_free', found);
      return;
    case 'index':
    case 'withIndex':
      if (e.map.type.kind === 'map') indexed(e.index.type, e.map.type.key, found);
      break;
    case 'instance':
      if (e.argument !== undefined && e.argument.op !== 'const') found.add('bad_index');
      break;
    case 'unary':
      if (e.operator === 'min' || e.operator === 'max') found.add('empty_set');
      if (e.operator === 'head' || e.operator === 'tail') found.add('empty_sequence');
      break;
    case 'binary':
      if (e.operator === 'append') found.add('full_sequence');
      if ((e.operator === 'div' || e.operator === 'mod') && mayBeZero(e.right.type)) found.add('division_by_zero');
      break;
    case 'convert':
      converted(e.operand.type, e.type, found);
      break;
    default:
      break;
  }
  for (const sub of subexpressions(e)) inExpr(sub, found);
}

const mayBeZero = (t: Type): boolean => t.kind !== 'range' || (t.lo <= 0 && t.hi >= 0);

/** What a conversion can find: null where none may be, anything else that does not fit. */
function converted(from: Type, to: Type, found: Set<string>): void {
  if (isSubtype(from, to)) return;
  const source = from.kind === 'nullable' ? from.of : from;
  const target = to.kind === 'nullable' ? to.of : to;
  if (from.kind === 'nullable' && to.kind !== 'nullable') found.add('null_dereference');
  if (source.kind === 'range') found.add('out_of_range');
  else if (source.kind === 'set' && target.kind === 'set') converted(source.of, target.of, found);
  else if (source.kind === 'seq' && target.kind === 'seq') {
    if (source.max > target.max) found.add('full_sequence');
    converted(source.of, target.of, found);
  } else if (source.kind === 'map' && target.kind === 'map') converted(source.value, target.value, found);
  else if (source.kind === 'record' && target.kind === 'record') source.fields.forEach((f, i) => converted(f.type, target.fields[i]!.type, found));
}

/** Evaluating the expression may err. Errs on the side of yes. */
export function mayErr(e: Expr): boolean {
  const found = new Set<string>();
  inExpr(e, found);
  return found.size > 0;
}
