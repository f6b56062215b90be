// Generated text becomes functions.

import { assert } from '../base/unreachable.js';
import { Outcomes, type Kernel, type TemporalKernel } from '../checker/kernel.js';
import type { PropertyInfo } from '../checker/system.js';
import type { Placement } from '../model/layout.js';
import type { Model } from '../model/model.js';
import type { GeneratedModule } from './generate.js';
import * as runtime from './runtime.js';
import type { GeneratedText } from './text.js';

/** All that another thread needs to run the same kernel; plain data. */
export interface PortableKernel {
  readonly generated: GeneratedModule;
  /** The steps that were made up to now, by process and location. */
  readonly steps: Map<string, GeneratedText>;
  /** What the others are made from. */
  readonly model: Model;
  readonly layout: Placement;
  readonly properties: readonly PropertyInfo[];
  readonly processes: number;
  /** One byte for each site and each antecedent of the model, shared by all threads. */
  readonly sites: SharedArrayBuffer;
  readonly antecedents: SharedArrayBuffer;
  /** How often each site was passed: for each thread a Float64 for each site. Absent: nobody wants to know, and it costs time. */
  readonly counts?: SharedArrayBuffer;
}

/** Room for successors that nobody keeps, at first. */
const SCRATCH = 64;

export type MakeStep = (pid: number, location: number) => GeneratedText;

/** What makes the steps that another thread has not made. Where it has made all, nothing is loaded for it. */
export async function stepMaker({ generated, steps, model, layout }: PortableKernel): Promise<MakeStep> {
  if (steps.size === generated.steps) {
    return () => {
      assert(false, 'all steps are there');
    };
  }
  const { Generator } = await import('./generate.js');
  const generator = new Generator(model, layout);
  return (pid, location) => generator.step(pid, location);
}

/**
 * The kernel, but for initial states: `initial` gives none.
 *
 * @param thread the number of the thread that runs it, for what each counts by itself
 */
export function instantiate({ generated, steps, properties, processes, sites, antecedents, counts }: PortableKernel, make: MakeStep, thread = 0): Kernel {
  const { words, errors, keeps, temporal: plan } = generated;
  const coverage = { sites: new Uint8Array(sites), antecedents: new Uint8Array(antecedents) };
  const remarks = new Set<string>();
  const env = {
    rt: runtime,
    errors,
    remarks,
    sites: coverage.sites,
    antecedents: coverage.antecedents,
    counts: countsOf(counts, sites.byteLength, thread),
    scratch: () => new Outcomes(words, SCRATCH),
    step: (pid: number, location: number): unknown => {
      const key = `${pid} ${location}`;
      const known = steps.get(key);
      const text = known ?? make(pid, location);
      if (known === undefined) steps.set(key, text);
      return run(text, env);
    },
  };
  const { successors, successorsOf, violations, isTerminated, ...rest } = run(generated, env) as Required<Pick<Kernel, 'successors' | 'successorsOf' | 'violations' | 'isTerminated'>> & Omit<TemporalKernel, 'plan'>;
  const temporal = plan === undefined ? {} : { temporal: { plan, ...rest } };
  return { words, properties, processes, initial: () => undefined, successors, successorsOf, keeps, violations, isTerminated, coverage, remarks, ...temporal };
}

const run = ({ code, constants }: GeneratedText, env: unknown): unknown => (new Function('env', 'constants', code) as (env: unknown, constants: readonly unknown[]) => unknown)(env, constants);

/** The counters of one thread. */
function countsOf(counts: SharedArrayBuffer | undefined, sites: number, thread: number): Float64Array | undefined {
  return counts && new Float64Array(counts, thread * sites * Float64Array.BYTES_PER_ELEMENT, sites);
}
