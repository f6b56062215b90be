// Two formulas compared by their values, in every state over what they read, reachable or not; where there are too many, in samples. An
// evaluation that errs violates the formula, as in a check.

import { compiledKernel } from '../../codegen/kernel.js';
import { showValue, objectName, valueAt, type Value } from '../../core/value.js';
import type { Type } from '../../core/type.js';
import { layoutOf, layoutProblem } from '../../model/layout.js';
import type { Model } from '../../model/model.js';
import type { State } from '../../model/state.js';
import type { Valuation } from '../result.js';
import { NotComparable, type SmallWorld } from './small-world.js';
import { valuationsOf } from './valuations.js';

/** Up to so many states are all tried. */
const MOST_VALUATIONS = 2 ** 24;
/** Beyond, so many samples. */
const SAMPLES = 2 ** 20;
const SEED = 20_260_101;

export interface Decision {
  /** A state that only the newer formula allows, and one that only the older one does. */
  readonly nowAllowed?: Valuation;
  readonly nowForbidden?: Valuation;
  readonly tried: number;
  readonly sampled: boolean;
}

/** @throws NotComparable when the states are too large to be written down */
export function decide({ model, places }: SmallWorld, most = MOST_VALUATIONS, samples = SAMPLES): Decision {
  if (layoutProblem(model) !== undefined) throw new NotComparable('what they read is too large');
  const layout = layoutOf(model);
  const { kernel } = compiledKernel(model, layout);
  const valuations = valuationsOf(model, layout, (variable) => places.get(model.variables[variable]!.variable)?.length);
  const found: { allowed?: Uint32Array; forbidden?: Uint32Array } = {};
  const violated: number[] = [];
  let tried = 0;
  const visit = (words: Int32Array): boolean => {
    tried++;
    violated.length = 0;
    kernel.violations(words, 0, violated);
    if (violated.length !== 1) return false;
    if (violated[0] === 0) found.allowed ??= new Uint32Array(words);
    else found.forbidden ??= new Uint32Array(words);
    return found.allowed !== undefined && found.forbidden !== undefined;
  };
  const sampled = valuations.count > most;
  if (sampled) valuations.sample(samples, SEED, visit);
  else valuations.each(visit);
  const text = (words: Uint32Array): Valuation => valuationOf(model, layout.decode(words), places);
  return {
    tried,
    sampled,
    ...(found.allowed === undefined ? {} : { nowAllowed: text(found.allowed) }),
    ...(found.forbidden === undefined ? {} : { nowForbidden: text(found.forbidden) }),
  };
}

/** The state by names: `slot[0]`, `cb#0.state`; freed objects as `cb#0 = freed`. */
function valuationOf(model: Model, state: State, places: SmallWorld['places']): Valuation {
  const shown: { [path: string]: string } = {};
  model.variables.forEach(({ variable }, i) => {
    const names = places.get(variable);
    if (names === undefined) show(shown, variable.name, variable.type, state.shared[i]!);
    else shown[variable.name] = names[state.shared[i] as number]!;
  });
  model.pools.forEach((pool, p) => {
    const prime = pool.name.endsWith("'") ? "'" : '';
    for (let slot = 0; slot < pool.size; slot++) {
      const name = objectName(pool.name.replace(/'$/, ''), slot);
      if (!state.alive[p]![slot]) shown[`${name}${prime}`] = 'freed';
      else if (pool.fields.length === 0) shown[`${name}${prime}`] = 'live';
      else pool.fields.forEach(({ variable }, f) => show(shown, `${nameOfField(variable.name, name, pool.name.replace(/'$/, ''))}${prime}`, variable.type, state.fields[p]![f]![slot]!));
    }
  });
  return shown;
}

/** `cb#0.state`; of a map keyed by the pool `armed[cb#0]`. */
const nameOfField = (field: string, object: string, pool: string): string => (field.startsWith(`${pool}.`) ? `${object}.${field.slice(pool.length + 1)}` : `${field}[${object}]`);

/** A map by its entries, the prime of a variable behind them. */
function show(shown: { [path: string]: string }, name: string, type: Type, value: Value): void {
  const prime = name.endsWith("'") ? "'" : '';
  if (type.kind !== 'map') {
    shown[name] = showValue(type, value);
    return;
  }
  (value as readonly Value[]).forEach((part, i) => show(shown, `${name.slice(0, name.length - prime.length)}[${showValue(type.key, valueAt(type.key, i))}]${prime}`, type.value, part));
}
