// The first half of a check: the spec is compiled, and what is looked at is decided.

import { isError } from '../base/diagnostic.js';
import type { Analysis } from '../analysis/analyse.js';
import type { CheckConfig, Expected } from '../analysis/config.js';
import type { Loader } from '../analysis/modules.js';
import type { CheckOutcome } from '../checker/outcome.js';
import { compile } from '../compile.js';
import type { Model, ModelProperty } from '../model/model.js';
import { failedOutcome, type CheckJob, type Plan, type PreparedCheck } from './job.js';

/** Compiles the spec for the check. An outcome when it has errors. `known`: its analysis, where the caller has it. */
export function prepareCheck(job: CheckJob, loader: Loader, clock: () => number, known?: Analysis): PreparedCheck | CheckOutcome {
  const begun = clock();
  const { analysis, model, diagnostics } = compile({ entry: job.source, loader, check: job.check, constants: new Map(job.constants) }, known);
  const config = analysis.checks.find((c) => c.name === job.check);
  if (model === undefined || config === undefined) return failedOutcome(job, diagnostics);
  return {
    job,
    model,
    plan: planOf(job, config, model),
    at: config.at,
    bounds: [...config.constants, ...job.constants.map(([name]) => name)],
    warnings: diagnostics.filter((d) => !isError(d)),
    compileSeconds: (clock() - begun) / 1000,
  };
}

function planOf(job: CheckJob, config: CheckConfig, model: Model): Plan {
  const only = job.properties ?? config.only;
  const wanted = (p: ModelProperty, names: readonly string[]): boolean => names.includes(p.name) || (p.kind === 'builtin' && names.includes(p.error));
  const expectation = (p: ModelProperty): Expected => config.expected.get(p.name) ?? (p.kind === 'builtin' ? config.expected.get(p.error) : undefined) ?? 'holds';
  const known = new Set(model.properties.flatMap((p) => (p.kind === 'builtin' ? [p.name, p.error] : [p.name])));
  return {
    chosen: model.properties.map((p) => only === undefined || wanted(p, only)),
    expected: model.properties.map(expectation),
    impossible: [...config.expected].flatMap(([name, e]) => (e === 'violated' && !known.has(name) && (only === undefined || only.includes(name)) ? [name] : [])),
  };
}

