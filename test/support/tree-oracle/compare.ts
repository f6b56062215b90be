// Holds the pipeline (analysis, lowering, layout, interpreter, search) to the oracle, which shares nothing with it but the parser.

import type { PackedState } from '../../../src/checker/system.js';
import type { Type } from '../../../src/core/type.js';
import { partsOf, valuesOf, type Value as PackedValue } from '../../../src/core/value.js';
import { unreachable } from '../../../src/base/unreachable.js';
import { systemOf } from '../../../src/model/system.js';
import { isComplete, runSpec, type Run } from '../random-run.js';
import { reachableStates } from '../shared-states.js';
import type { Bounds } from '../differential.js';
import { judge, sharedText, type Judged } from './explore.js';
import { Skip } from './outcomes.js';
import type { TemporalVerdict } from './temporal.js';
import { sequenceOf, setOf, type Value } from './values.js';

/** `temporal`: of the temporal properties that were compared, by name, what the oracle found. */
export type Comparison =
  | { readonly skipped: string }
  | { readonly differences: readonly string[]; readonly properties: number; readonly temporal: ReadonlyMap<string, TemporalVerdict>; readonly unknown: readonly string[] };

/** How many states the oracle may take for one of Heddle's: it resets no locals. */
const STATES_FOR_ONE = 12;

/** What differs between Heddle and the oracle on a spec that compiles. */
export function compareWithTree(text: string, bounds: Bounds): Comparison {
  const run = runSpec(text, bounds);
  if (!isComplete(run)) return { skipped: 'too many states for Heddle' };
  try {
    const judged = judge(text, STATES_FOR_ONE * Math.max(50, run.exploration.counts.distinct));
    const compared = run.model.properties.filter((p) => !judged.skipped.has(p.name) && isCompared(run, p));
    const temporal = new Map([...judged.temporal].filter(([name]) => compared.some((p) => p.name === name)));
    return { differences: differencesOf(run, judged, compared), properties: compared.length, temporal, unknown: [...judged.skipped.values()] };
  } catch (x) {
    if (x instanceof Skip) return { skipped: x.message };
    throw x;
  }
}

type Property = Run['model']['properties'][number];
/** `P.leak` asks which locals can be read: a matter of Heddle's. A temporal formula may be too large for Heddle. */
const isCompared = (run: Run, p: Property): boolean =>
  p.kind === 'temporal' ? !run.undecided.has(p.name) : !(p.kind === 'builtin' && p.error.endsWith('.leak'));

function differencesOf(run: Run, judged: Judged, compared: readonly Property[]): readonly string[] {
  const { shared, initial } = sharedStatesOf(run);
  const found = [...onlyIn('a reachable state', shared, judged.shared), ...onlyIn('an initial state', initial, judged.initial)];
  for (const p of compared) {
    const heddle = run.verdicts.get(p.name) === 'violated';
    const oracle = p.kind === 'builtin' ? judged.errors.has(p.error) : p.kind === 'deadlock' ? judged.deadlock : judged.violated.has(p.name);
    if (heddle !== oracle) found.push(`${p.name}: ${verdict(heddle)} for Heddle, ${verdict(oracle)} for the oracle`);
  }
  for (const error of judged.errors) if (!run.model.properties.some((p) => p.kind === 'builtin' && p.error === error)) found.push(`${error}: not even a property for Heddle`);
  return found;
}

const verdict = (isViolated: boolean): string => (isViolated ? 'violated' : 'not violated');

function onlyIn(what: string, heddle: ReadonlySet<string>, oracle: ReadonlySet<string>): readonly string[] {
  const more = (a: ReadonlySet<string>, b: ReadonlySet<string>): readonly string[] => [...a].filter((x) => !b.has(x));
  const [ours, theirs] = [more(heddle, oracle), more(oracle, heddle)];
  return [
    ...(ours.length > 0 ? [`${what} for Heddle alone (${ours.length} of them): ${ours[0]}`] : []),
    ...(theirs.length > 0 ? [`${what} for the oracle alone (${theirs.length} of them): ${theirs[0]}`] : []),
  ];
}

/** The shared parts of Heddle's states, in the oracle's words. */
function sharedStatesOf({ model, layout }: Run): { readonly shared: ReadonlySet<string>; readonly initial: ReadonlySet<string> } {
  const sharedPart = (state: PackedState): string => {
    const s = layout.decode(state);
    const variables = model.variables.map(({ variable }, i) => [variable.name, translate(variable.type, s.shared[i]!)] as const);
    const pools = model.pools.map(({ name, fields }, p) => {
      const slot = (n: number): object => Object.fromEntries(fields.map(({ variable }, f) => [unqualified(variable.name), translate(variable.type, s.fields[p]![f]![n]!)]));
      return [name, s.alive[p]!.map((isAlive, n) => (isAlive ? slot(n) : null))] as const;
    });
    return sharedText([Object.fromEntries(variables), Object.fromEntries(pools) as never]);
  };
  const { all, initial } = reachableStates(systemOf(model, layout));
  return { shared: new Set(all.map(sharedPart)), initial: new Set(initial.map(sharedPart)) };
}

/** A value of src/core with its names in it. */
function translate(t: Type, v: PackedValue): Value {
  if (v === null) return null;
  switch (t.kind) {
    case 'bool':
    case 'range':
      return v as boolean | number;
    case 'enum':
      return { kind: 'member', name: t.members[v as number]!, index: v as number };
    case 'ref':
      return { kind: 'object', pool: t.pool, slot: v as number };
    case 'pid':
      return { kind: 'process', name: t.names[v as number]! };
    case 'nullable':
      return translate(t.of, v);
    case 'record':
      return { kind: 'record', fields: Object.fromEntries(t.fields.map((f, i) => [f.name, translate(f.type, partsOf(v)[i]!)])) };
    case 'map': {
      const keys = valuesOf(t.key);
      return { kind: 'map', entries: partsOf(v).map((part, i) => [translate(t.key, keys[i]!), translate(t.value, part)]) };
    }
    case 'set':
      return setOf(partsOf(v).map((e) => translate(t.of, e)));
    case 'seq':
      return sequenceOf(partsOf(v).map((e) => translate(t.of, e)));
    default:
      return unreachable(t);
  }
}

/** `v` of `Obj.v`: the model names a field with its pool, a map keyed by the pool without. */
const unqualified = (field: string): string => field.slice(field.lastIndexOf('.') + 1);
