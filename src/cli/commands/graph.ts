// `heddle graph`: the state graph of a small spec, drawn or for other tools.

import { extname } from 'node:path';
import { isError } from '../../base/diagnostic.js';
import { diagnosticData } from '../../check/diagnostic-data.js';
import { stateGraph } from '../../check/state-graph.js';
import { compile } from '../../compile.js';
import { diagnosticsText } from '../../report/diagnostic-text.js';
import { aut, dot, graphJson, graphRefusal, MOST_STATES, svg, type StateGraph } from '../../report/graph.js';
import { openOutput, UserError, writeError } from '../io.js';
import { fileLoader, openSource } from '../loader.js';

export interface GraphOptions {
  readonly out?: string;
  readonly check?: string;
  readonly const: readonly string[];
  readonly maxStates?: number;
}

const FORMATS: { readonly [ending: string]: (graph: StateGraph) => string | Promise<string> } = { '.dot': dot, '.json': graphJson, '.aut': aut, '.svg': svg };

export async function graph(file: string, options: GraphOptions): Promise<number> {
  const ending = options.out === undefined ? '.dot' : extname(options.out);
  const format = FORMATS[ending];
  if (format === undefined) throw new UserError(`Cannot draw '${options.out}': its ending says no format.`, `Use one of ${Object.keys(FORMATS).join(', ')}.`);
  const source = openSource(file);
  if ('problem' in source) throw new UserError(`Cannot read ${file}: ${source.problem}.`);
  const output = openOutput(options.out);
  const constants = new Map(options.const.map((text) => [text.split('=')[0]!, text.slice(text.indexOf('=') + 1)] as const));
  const probe = compile({ entry: source, loader: fileLoader(), constants });
  const check = options.check ?? probe.analysis.checks.find((c) => !c.manual)?.name;
  const { model, layout, diagnostics } = compile({ entry: source, loader: fileLoader(), constants, ...(check === undefined ? {} : { check }) });
  if (model === undefined || layout === undefined) {
    writeError(diagnosticsText(diagnostics.filter(isError).map(diagnosticData)));
    return 2;
  }
  const built = stateGraph(model, layout, options.maxStates ?? MOST_STATES + 1);
  const refusal = graphRefusal(built.states.length, built.complete);
  if (refusal !== undefined) throw new UserError(refusal.advice);
  output.write(`${(await format(built)).trimEnd()}\n`);
  output.finish();
  return 0;
}
