// Generated text becomes functions.

import type { Kernel } from '../checker/kernel.js';
import { Outcomes } from '../checker/kernel.js';
import type { GeneratedCode } from './generate.js';
import * as runtime from './runtime.js';

/** The part of a Kernel that is generated. */
export type GeneratedKernel = Pick<Kernel, 'words' | 'successors' | 'violations' | 'isTerminated' | 'coverage' | 'remarks'>;

/** Room for successors that nobody keeps, at first. */
const SCRATCH = 64;

/** @param sites, antecedents how many there are of each in the model */
export function instantiate({ words, code, constants, errors }: GeneratedCode, sites: number, antecedents: number): GeneratedKernel {
  const coverage = { sites: new Uint8Array(sites), antecedents: new Uint8Array(antecedents) };
  const remarks = new Set<string>();
  const scratch = (): Outcomes => new Outcomes(words, SCRATCH);
  const env = { rt: runtime, constants, errors, remarks, sites: coverage.sites, antecedents: coverage.antecedents, scratch };
  const make = new Function('env', code) as (env: unknown) => Pick<Kernel, 'successors' | 'violations' | 'isTerminated'>;
  return { words, ...make(env), coverage, remarks };
}
