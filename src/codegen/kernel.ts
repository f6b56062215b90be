// A model as generated code. Initial states come from the interpreter: there are few, and `init` runs once.

import { kernelOf, type Kernel } from '../checker/kernel.js';
import type { Layout } from '../model/layout.js';
import type { Model } from '../model/model.js';
import { systemOf } from '../model/system.js';
import { generate } from './generate.js';
import { instantiate, type PortableKernel } from './instantiate.js';

export interface CompiledKernel {
  readonly kernel: Kernel;
  /** For other threads, and to be looked at; absent when the model runs on the interpreter. */
  readonly portable?: PortableKernel;
}

/** A model that cannot be compiled (a pool of very many objects) runs on the interpreter. */
export function compiledKernel(model: Model, layout: Layout): CompiledKernel {
  const interpreted = kernelOf(systemOf(model, layout));
  const generated = generate(model, layout);
  if (generated === undefined) return { kernel: interpreted };
  const { properties } = interpreted;
  const portable: PortableKernel = {
    generated,
    properties,
    sites: new SharedArrayBuffer(model.sites.length),
    antecedents: new SharedArrayBuffer(model.antecedents.length),
  };
  const own = instantiate(portable);
  const kernel: Kernel = {
    ...own,
    initial(out) {
      interpreted.initial(out);
      interpreted.coverage.sites.forEach((reached, site) => reached === 1 && (own.coverage.sites[site] = 1));
      for (const remark of interpreted.remarks) own.remarks.add(remark);
    },
  };
  return { kernel, portable };
}
