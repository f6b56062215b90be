// Generated text becomes functions.

import { Outcomes, type Kernel, type TemporalKernel } from '../checker/kernel.js';
import type { PropertyInfo } from '../checker/system.js';
import type { GeneratedCode } from './generate.js';
import * as runtime from './runtime.js';

/** All that another thread needs to run the same kernel; plain data. */
export interface PortableKernel {
  readonly generated: GeneratedCode;
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

/**
 * The kernel, but for initial states: `initial` gives none.
 *
 * @param thread the number of the thread that runs it, for what each counts by itself
 */
export function instantiate({ generated, properties, processes, sites, antecedents, counts }: PortableKernel, thread = 0): Kernel {
  const { words, code, constants, errors, keeps, temporal: plan } = generated;
  const coverage = { sites: new Uint8Array(sites), antecedents: new Uint8Array(antecedents) };
  const remarks = new Set<string>();
  const scratch = (): Outcomes => new Outcomes(words, SCRATCH);
  const env = { rt: runtime, constants, errors, remarks, sites: coverage.sites, antecedents: coverage.antecedents, counts: countsOf(counts, sites.byteLength, thread), scratch };
  const make = new Function('env', code) as (env: unknown) => Required<Pick<Kernel, 'successors' | 'successorsOf' | 'violations' | 'isTerminated'>> & Omit<TemporalKernel, 'plan'>;
  const { successors, successorsOf, violations, isTerminated, ...rest } = make(env);
  const temporal = plan === undefined ? {} : { temporal: { plan, ...rest } };
  return { words, properties, processes, initial: () => undefined, successors, successorsOf, keeps, violations, isTerminated, coverage, remarks, ...temporal };
}

/** The counters of one thread. */
function countsOf(counts: SharedArrayBuffer | undefined, sites: number, thread: number): Float64Array | undefined {
  return counts && new Float64Array(counts, thread * sites * Float64Array.BYTES_PER_ELEMENT, sites);
}
