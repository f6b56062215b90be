// A model as generated code. Initial states come from the interpreter: there are few, and `init` runs once.

import { kernelOf, type Kernel } from '../checker/kernel.js';
import type { Layout } from '../model/layout.js';
import type { Model } from '../model/model.js';
import { systemOf } from '../model/system.js';
import { canGenerate, Generator } from './generate.js';
import { instantiate, type PortableKernel } from './instantiate.js';

export interface CompiledKernel {
  readonly kernel: Kernel;
  /** For other threads, and to be looked at; absent when the model runs on the interpreter. */
  readonly portable?: PortableKernel;
  /** How often each site was passed up to now, by all threads together; absent when that is not counted. */
  readonly taken?: () => readonly number[];
}

/**
 * A model that cannot be compiled (a pool of very many objects) runs on the interpreter.
 *
 * @param countedThreads 0: nothing is counted; else how many threads there may be, and how often sites are passed is counted
 */
export function compiledKernel(model: Model, layout: Layout, countedThreads = 0): CompiledKernel {
  const interpreted = kernelOf(systemOf(model, layout));
  if (!canGenerate(model)) return { kernel: interpreted };
  const generator = new Generator(model, layout);
  const { properties } = interpreted;
  const { words, bits, variables, pools, instances } = layout;
  const portable: PortableKernel = {
    generated: generator.module(),
    steps: new Map(),
    model,
    layout: { words, bits, variables, pools, instances },
    properties,
    processes: model.instances.length,
    sites: new SharedArrayBuffer(model.sites.length),
    antecedents: new SharedArrayBuffer(model.antecedents.length),
    ...(countedThreads === 0 ? {} : { counts: new SharedArrayBuffer(countedThreads * model.sites.length * Float64Array.BYTES_PER_ELEMENT) }),
  };
  const own = instantiate(portable, (pid, location) => generator.step(pid, location));
  const kernel: Kernel = {
    ...own,
    initial(out) {
      interpreted.initial(out);
      interpreted.coverage.sites.forEach((reached, site) => reached === 1 && (own.coverage.sites[site] = 1));
      for (const remark of interpreted.remarks) own.remarks.add(remark);
    },
  };
  return { kernel, portable, ...(portable.counts === undefined ? {} : { taken: () => sums(new Float64Array(portable.counts!), model.sites.length) }) };
}

/** Adds up what each thread has counted. */
function sums(counts: Float64Array, sites: number): readonly number[] {
  return Array.from({ length: sites }, (_, site) => {
    let sum = 0;
    for (let i = site; i < counts.length; i += sites) sum += counts[i]!;
    return sum;
  });
}
