// Another engine against the built-in one: what the tests of Spin and of TLC share.

import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import pLimit from 'p-limit';
import { analyse } from '../../src/analysis/analyse.js';
import type { Loader } from '../../src/analysis/modules.js';
import { isError } from '../../src/base/diagnostic.js';
import type { SourceFile } from '../../src/base/span.js';
import type { CheckJob, PreparedCheck } from '../../src/check/job.js';
import { prepareCheck } from '../../src/check/prepare.js';
import { runAlone } from '../../src/check/run.js';
import type { CheckOutcome } from '../../src/checker/outcome.js';
import { checkElsewhere, Disagreement } from '../../src/engines/check.js';
import { compareOutcomes } from '../../src/engines/compare.js';
import type { Model } from '../../src/model/model.js';
import { loaderWith } from './check-spec.js';
import { LARGE_CHECKS } from './large-checks.js';
import { compileRandom, runSpec } from './random-run.js';
import { randomLoader, randomSpec } from './random-spec.js';

export type Other = 'spin' | 'tlc';

export const TOO_LARGE = 'it has too many states';
export const HUGE = 'it has more than a million states';

export interface Compared {
  readonly name: string;
  readonly differences: readonly string[];
  /** Temporal properties that the built-in engine decided, and those that both did. */
  readonly temporal?: { readonly asked: number; readonly compared: number };
  /** It was not compared: why. */
  readonly left?: string;
}

const clock = (): number => performance.now();
const limit = pLimit(2);

export function prepared(source: SourceFile, check: string, loader: Loader, states: number): PreparedCheck {
  const job: CheckJob = { source, check, constants: [], continueOnViolation: true, maxMemoryBytes: 2 ** 31, maxStates: states, engine: 'builtin' };
  const found = prepareCheck(job, loader, clock);
  if (!('model' in found)) throw new Error(`${source.path} ${check}: ${JSON.stringify(found.diagnostics)}`);
  return found;
}

export const builtin = (p: PreparedCheck): CheckOutcome => runAlone(p, { clock, shouldStop: () => false });

/** @param exported the model that the other engine is given instead */
export async function compareWith(engine: Other, name: string, p: PreparedCheck, exported?: (model: Model) => Model, reference: CheckOutcome = builtin(p)): Promise<Compared> {
  if (!reference.states.complete) return { name, differences: [], left: TOO_LARGE };
  try {
    const hooks = { clock, traces: true, small: true, environment: process.env, ...(exported === undefined ? {} : { exported }) };
    const other = await limit(() => checkElsewhere({ ...p, job: { ...p.job, engine } }, hooks));
    if (other.outcome === 'error') {
      const said = other.diagnostics!.map((d) => `${d.message} ${d.help ?? ''}`).join(' ');
      return other.diagnostics!.every((d) => d.code === 'engine/unsupported') ? { name, differences: [], left: said } : { name, differences: [said] };
    }
    const { differences, counts } = compareOutcomes(reference, other);
    const lengths = reference.properties.flatMap((property) => {
      const [a, b] = [property, other.properties.find((q) => q.name === property.name)].map((q) => q?.trace?.steps.length);
      return property.kind !== 'temporal' && a !== undefined && b !== undefined && a !== b ? [`${property.name}: a trace of ${a} steps, and of ${b} with ${engine}`] : [];
    });
    const decided = (o: CheckOutcome, n: string): boolean => o.properties.some((q) => q.name === n && q.verdict !== 'undecided');
    const asked = reference.properties.filter((q) => q.kind === 'temporal' && q.verdict !== 'undecided');
    const temporal = { asked: asked.length, compared: asked.filter((q) => decided(other, q.name)).length };
    return { name, temporal, differences: [...differences, ...(counts ? [] : [`${engine} did not search everything`]), ...lengths] };
  } catch (error) {
    if (!(error instanceof Disagreement)) throw error;
    return { name, differences: [error.message] };
  }
}

/** What a comparison is when nothing was left out and nothing differs. */
export const everything = ({ name, temporal }: Compared): Compared => ({ name, differences: [], temporal: { asked: temporal?.asked ?? 0, compared: temporal?.asked ?? 0 } });

/** Every check of specs/ (the manual ones where all are wanted), compared when it has at most so many states. */
export async function compareSpecs(engine: Other, states: number): Promise<readonly Compared[]> {
  const loader = loaderWith();
  const files = readdirSync('specs', { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.heddle')).map((f) => `specs/${f}`).sort();
  const checks = files.flatMap((file) => {
    const source = loader.open(file);
    const analysis = analyse({ entry: source, loader });
    if (!analysis.runnable || analysis.open.length > 0 || (analysis.diagnostics.some(isError) && analysis.checks.every((c) => c.constants.length === 0))) return [];
    return analysis.checks.filter((c) => !c.manual || states >= 1_000_000).map((c) => ({ name: `${file} ${c.name}`, run: () => prepared(source, c.name, loader, states) }));
  });
  return Promise.all(checks.map(({ name, run }): Promise<Compared> | Compared => {
    const known = LARGE_CHECKS[name.replace('specs/', '')] ?? 0;
    return known > states ? { name, differences: [], left: known > 1_000_000 ? HUGE : TOO_LARGE } : compareWith(engine, name, run());
  }));
}

/** Random specs that the built-in engine searches to the end. */
export function compareRandom(engine: Other, seed: number, specs: number): Promise<readonly Compared[]> {
  const isSmall = (text: string): boolean => compileRandom(text).model !== undefined && runSpec(text, { states: 1_500, polls: 300 }).exploration.ended === 'complete';
  const texts = fc.sample(randomSpec, { seed, numRuns: specs }).filter(isSmall);
  return Promise.all(texts.map((text, i) => compareWith(engine, `random spec ${i} of seed ${seed}:\n${text}`, prepared({ path: 'random.heddle', text }, checkOf(text), randomLoader, 1_500))));
}

/** The check that a call without `--check` runs first. */
const checkOf = (text: string): string => compileRandom(text).analysis.checks.find((c) => !c.manual)?.name ?? 'default';

export function tell(engine: Other, what: string, all: readonly Compared[], states: number): void {
  const left = all.filter((c) => c.left !== undefined);
  const large = left.filter((c) => c.left === TOO_LARGE || c.left === HUGE).length;
  const temporal = (what: 'asked' | 'compared'): number => all.reduce((sum, c) => sum + (c.temporal?.[what] ?? 0), 0);
  console.log(`${engine} against the built-in engine: ${all.length - left.length} ${what} compared, ${left.length} left out${left.length === 0 ? '' : ` (${large} with more than ${states} states)`}; ${temporal('compared')} of ${temporal('asked')} temporal properties.`);
}
