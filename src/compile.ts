// The pipeline on one page: text, tree, typed program, model, layout.

import { analyse, type Analysis, type AnalysisInput } from './analysis/analyse.js';
import { isError, type Diagnostic } from './base/diagnostic.js';
import { layoutOf, type Layout } from './model/layout.js';
import { lower, type LowerOptions } from './model/lower.js';
import type { Model } from './model/model.js';

export interface Compiled {
  readonly analysis: Analysis;
  /** Both absent when there are errors. The layout is made when it is asked for: who hands the model to another thread needs none. */
  readonly model?: Model;
  readonly layout?: Layout;
  /** Everything that analysis and lowering have to say. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface CompileInput extends AnalysisInput {
  /** For tests: ways of lowering that must not change a verdict. */
  readonly lowering?: LowerOptions;
}

/** Compiles a spec for one configuration. `analysis`: of the same input, where it is known already. */
export function compile(input: CompileInput, analysis = analyse(input)): Compiled {
  if (analysis.program === undefined) return { analysis, diagnostics: analysis.diagnostics };
  const { model, diagnostics: found } = lower(analysis.program, input.lowering);
  const diagnostics = [...analysis.diagnostics, ...found];
  if (diagnostics.some(isError)) return { analysis, diagnostics };
  let layout: Layout | undefined;
  return {
    analysis,
    model,
    get layout() {
      return (layout ??= layoutOf(model, { share: input.lowering?.resetDead !== false }));
    },
    diagnostics,
  };
}
