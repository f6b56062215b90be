// `at`, `in` and `done` speak of labels and procedures; the model speaks of locations. This pass comes last, when every family's
// locations are known.

import type { Expr } from '../../core/expr.js';
import type { Location } from '../../base/span.js';
import { mapPath, mapSubexpressions } from '../../core/walk.js';
import { unreachable } from '../../base/unreachable.js';
import type { Family, Node } from '../model.js';
import type { LoweredFamily } from './family.js';

/** Called for an `at` of a label at which no state can stop, and for an `in` of a procedure in which none can. */
export interface Report {
  readonly label: (at: Location, label: string) => void;
  readonly procedure: (at: Location, process: string, procedure: string) => void;
}

/** The expression with `at`, `in` and `done` replaced by sets of locations. */
export function locate(e: Expr, families: readonly LoweredFamily[], report: Report): Expr {
  const x = mapSubexpressions(e, (sub) => locate(sub, families, report));
  const only = (process: string, test: (family: LoweredFamily, location: number) => boolean): readonly (readonly number[])[] =>
    families.map((f) => (f.family.name === process ? f.family.locations.flatMap((_, i) => (test(f, i) ? [i] : [])) : []));
  switch (x.op) {
    case 'at': {
      const { process, label, procedure } = x;
      const locations = only(process, (f, i) => f.family.locations[i]!.label === label && (procedure === undefined || f.owners[i] === procedure));
      const joint = families.some((f) => f.family.name === process && f.joint.some((j) => j.label === label && (procedure === undefined || j.owner === procedure)));
      if (joint && locations.every((l) => l.length === 0)) report.label(x.at, label);
      return { op: 'pcIn', pid: x.pid, locations, type: x.type, at: x.at };
    }
    case 'inProcedure': {
      const { process, procedure } = x;
      const locations = only(process, (f, i) => isInside(f.family, f.family.locations[i]!.frame, procedure));
      // Calls that constants switch off are none.
      const called = families.some(({ family }) => family.name === process && family.nodes.some((n) => n.op === 'call' && family.frames[n.callee]!.procedure === procedure));
      if (called && locations.every((l) => l.length === 0)) report.procedure(x.at, process, procedure);
      return { op: 'pcIn', pid: x.pid, locations, type: x.type, at: x.at };
    }
    case 'done': {
      const locations = families.map((f) => f.family.locations.flatMap((l, i) => (l.rests ? [i] : [])));
      return { op: 'pcIn', pid: x.pid, locations, type: x.type, at: x.at };
    }
    default:
      return x;
  }
}

function isInside(family: Family, frame: number, procedure: string): boolean {
  const { procedure: name, caller } = family.frames[frame]!;
  return caller !== undefined && (name === procedure || isInside(family, caller, procedure));
}

/** The node with `f` of every expression in it. */
export function mapNode(node: Node, f: (e: Expr) => Expr): Node {
  switch (node.op) {
    case 'assign':
      return { ...node, targets: node.targets.map((t) => mapPath(t, f)), values: node.values.map(f) };
    case 'branch':
    case 'await':
    case 'assert':
      return { ...node, condition: f(node.condition) };
    case 'pick':
      return { ...node, set: f(node.set) };
    case 'new':
      return { ...node, target: mapPath(node.target, f), fields: node.fields.map((field) => ({ ...field, value: f(field.value) })) };
    case 'free':
    case 'touch':
      return { ...node, ref: f(node.ref) };
    case 'call':
      return { ...node, arguments: node.arguments.map((a) => ({ ...a, value: f(a.value) })) };
    case 'return':
      return node.value === undefined ? node : { ...node, value: f(node.value) };
    case 'reset':
    case 'either':
    case 'loop':
    case 'stop':
      return node;
    default:
      return unreachable(node);
  }
}
