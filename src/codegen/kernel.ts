// A model as generated code. Initial states come from the interpreter: there are few, and `init` runs once.

import { kernelOf, type Kernel } from '../checker/kernel.js';
import type { Layout } from '../model/layout.js';
import type { Model } from '../model/model.js';
import { systemOf } from '../model/system.js';
import { generate, type GeneratedCode } from './generate.js';
import { instantiate } from './instantiate.js';

export interface Compiled {
  readonly kernel: Kernel;
  /** For other threads, and to be looked at; absent when the model runs on the interpreter. */
  readonly generated?: GeneratedCode;
}

/** A model that cannot be compiled (a pool of very many objects) runs on the interpreter. */
export function compiledKernel(model: Model, layout: Layout): Compiled {
  const interpreted = kernelOf(systemOf(model, layout));
  const generated = generate(model, layout);
  if (generated === undefined) return { kernel: interpreted };
  const own = instantiate(generated, model.sites.length, model.antecedents.length);
  const kernel: Kernel = {
    ...interpreted,
    ...own,
    initial(out) {
      interpreted.initial(out);
      interpreted.coverage.sites.forEach((reached, site) => reached === 1 && (own.coverage.sites[site] = 1));
      for (const remark of interpreted.remarks) own.remarks.add(remark);
    },
  };
  return { kernel, generated };
}
