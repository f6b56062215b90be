// `at`, `in` and `done` speak of labels and procedures, `p[i].x` of a declared local; the model speaks of locations and of copies. This pass
// comes last, when every family's are known.

import type { Expr, Variable } from '../../core/expr.js';
import type { Location } from '../../base/span.js';
import { mapPath, mapSubexpressions } from '../../core/walk.js';
import { unreachable } from '../../base/unreachable.js';
import type { Family, Node } from '../model.js';
import type { LoweredFamily } from './family.js';
import type { Mutable } from './raw.js';

/** Called for an `at` of a label at which no state can stop, and for an `in` of a procedure in which none can. */
export interface Report {
  readonly label: (at: Location, label: string) => void;
  readonly procedure: (at: Location, process: string, procedure: string) => void;
}

/**
 * What binds an expression to the families that came out: `at`, `in` and `done` become sets of locations, locals of other processes the
 * copies that `locals` gives.
 */
export function binder(families: readonly LoweredFamily[], locals: ReadonlyMap<Variable, Variable>, report: Report): (e: Expr) => Expr {
  const bind = (e: Expr): Expr => {
    const x = mapSubexpressions(e, bind);
    switch (x.op) {
      case 'at':
        return { op: 'pcIn', pid: x.pid, locations: labelled(x, families, report), type: x.type, at: x.at };
      case 'inProcedure':
        return { op: 'pcIn', pid: x.pid, locations: insideProcedure(x, families, report), type: x.type, at: x.at };
      case 'done': {
        const locations = families.map((f) => f.family.locations.flatMap((l, i) => (l.rests ? [i] : [])));
        return { op: 'pcIn', pid: x.pid, locations, type: x.type, at: x.at };
      }
      case 'localOf':
        return { ...x, variable: locals.get(x.variable) ?? x.variable };
      default:
        return x;
    }
  };
  return bind;
}

type Locations = readonly (readonly number[])[];

/** The locations of a process that pass the test. */
const locationsOf = (process: string, families: readonly LoweredFamily[], test: (family: LoweredFamily, location: number) => boolean): Locations =>
  families.map((f) => (f.family.name === process ? f.family.locations.flatMap((_, i) => (test(f, i) ? [i] : [])) : []));

function labelled({ process, label, procedure, at }: Expr & { op: 'at' }, families: readonly LoweredFamily[], report: Report): Locations {
  const isMeant = (owner: string | undefined): boolean => procedure === undefined || owner === procedure;
  const locations = locationsOf(process, families, (f, i) => f.family.locations[i]!.label === label && isMeant(f.owners[i]));
  const joint = families.some((f) => f.family.name === process && f.joint.some((j) => j.label === label && isMeant(j.owner)));
  if (joint && locations.every((l) => l.length === 0)) report.label(at, label);
  return locations;
}

function insideProcedure({ process, procedure, at }: Expr & { op: 'inProcedure' }, families: readonly LoweredFamily[], report: Report): Locations {
  const locations = locationsOf(process, families, (f, i) => isInside(f.family, f.family.locations[i]!.frame, procedure));
  // Calls that constants switch off are none.
  const called = families.some(({ family }) => family.name === process && family.nodes.some((n) => n.op === 'call' && family.frames[n.callee]!.procedure === procedure));
  if (called && locations.every((l) => l.length === 0)) report.procedure(at, process, procedure);
  return locations;
}

function isInside(family: Family, frame: number, procedure: string): boolean {
  const { procedure: name, caller } = family.frames[frame]!;
  return caller !== undefined && (name === procedure || isInside(family, caller, procedure));
}

/** Puts `f` of every expression of the node in its place. */
export function bindNode(node: Mutable<Node>, f: (e: Expr) => Expr): void {
  switch (node.op) {
    case 'assign':
      node.targets = node.targets.map((t) => mapPath(t, f));
      node.values = node.values.map(f);
      return;
    case 'branch':
    case 'await':
    case 'assert':
      node.condition = f(node.condition);
      return;
    case 'pick':
      node.set = f(node.set);
      return;
    case 'new':
      node.target = mapPath(node.target, f);
      node.fields = node.fields.map(({ variable, value }) => ({ variable, value: f(value) }));
      return;
    case 'free':
    case 'touch':
      node.ref = f(node.ref);
      return;
    case 'call':
      node.arguments = node.arguments.map(({ name, value }) => ({ name, value: f(value) }));
      return;
    case 'return':
      if (node.value !== undefined) node.value = f(node.value);
      return;
    case 'reset':
    case 'either':
    case 'loop':
    case 'stop':
      return;
    default:
      return unreachable(node);
  }
}
