// `heddle graph`: the state graph of a small spec, drawn or for other tools: all of it, in groups, or the way to a violation.

import { extname } from 'node:path';
import { isError } from '../../base/diagnostic.js';
import { diagnosticData } from '../../check/diagnostic-data.js';
import { stateGraph, type ColourBy, type GraphRequest, type GroupBy } from '../../check/state-graph.js';
import { explore } from '../../checker/explore.js';
import { compiledKernel } from '../../codegen/kernel.js';
import { compile, type Compiled } from '../../compile.js';
import type { Layout } from '../../model/layout.js';
import type { Model } from '../../model/model.js';
import { replay } from '../../model/replay.js';
import { aut, dot, graphJson, graphml, graphRefusal, MOST_STATES, MOST_STATES_FOR_TOOLS, svg, type StateGraph } from '../../report/graph.js';
import { openOutput, UserError, writeDiagnostics } from '../io.js';
import { oneCheck, type OneCheck } from '../one-check.js';

export interface GraphOptions {
  readonly out?: string;
  readonly check?: string;
  readonly const: readonly string[];
  readonly maxStates?: number;
  /** A property, `at`, or `at:task[0]`. */
  readonly color?: string;
  readonly groupBy: readonly string[];
  /** The property to whose violation the path is drawn. */
  readonly violation?: string;
  /** Steps away from it. */
  readonly radius?: number;
}

interface Format {
  readonly write: (graph: StateGraph) => string | Promise<string>;
  /** States that it may have. */
  readonly limit: number;
}

const FORMATS: { readonly [ending: string]: Format } = {
  '.svg': { write: svg, limit: MOST_STATES },
  '.dot': { write: dot, limit: MOST_STATES },
  '.graphml': { write: graphml, limit: MOST_STATES_FOR_TOOLS },
  '.json': { write: graphJson, limit: MOST_STATES_FOR_TOOLS },
  '.aut': { write: aut, limit: MOST_STATES_FOR_TOOLS },
};

/** States that may be put together in groups. */
const MOST_GROUPED = 200_000;

/** Begins the names of properties that hold an expression of `--group-by`; no user calls one so. */
const CARRIER = 'heddle_group_';

export async function graph(file: string, options: GraphOptions): Promise<number> {
  const ending = options.out === undefined ? '.dot' : extname(options.out);
  const format = FORMATS[ending];
  if (format === undefined) throw new UserError(`Cannot draw '${options.out}': its ending says no format.`, `Use one of ${Object.keys(FORMATS).join(', ')}.`);
  const asked = oneCheck(file, options);
  const output = openOutput(options.out);
  const compiled = compiledWith(asked, options.groupBy);
  if (compiled.model === undefined || compiled.layout === undefined) {
    writeDiagnostics(compiled.diagnostics.filter(isError).map(diagnosticData));
    return 2;
  }
  const { groupBy, model } = withoutCarriers(compiled.model, options.groupBy);
  const isGrouped = groupBy.length > 0;
  const most = isGrouped ? MOST_GROUPED : format.limit;
  const request: GraphRequest = {
    maxStates: options.maxStates ?? most + 1,
    groupBy,
    ...(options.color === undefined ? {} : { colourBy: colourBy(model, options.color) }),
    ...(options.violation === undefined ? {} : { around: violationOf(model, compiled.layout, options.violation, options.radius ?? 0) }),
  };
  const built = stateGraph(model, compiled.layout, request);
  const states = built.states.reduce((sum, { count }) => sum + (count ?? 1), 0);
  const refusal = graphRefusal(states, built.complete, most) ?? (isGrouped ? graphRefusal(states, built.complete, format.limit, built.states.length) : undefined);
  if (refusal !== undefined) throw new UserError(refusal);
  output.write(`${(await format.write(built)).trimEnd()}\n`);
  output.finish();
  return 0;
}

/** The spec, with the expressions of `--group-by` as properties behind its end: so they are read, typed and lowered as all are. */
function compiledWith({ source, loader, check, constants }: OneCheck, groupBy: readonly string[]): Compiled {
  const configured = { loader, check, constants: new Map(constants) };
  const plain = compile({ entry: source, ...configured });
  if (groupBy.length === 0 || plain.model === undefined) return plain;
  const carriers = groupBy.map((text, i) => `invariant ${CARRIER}${i} = (${text.replace(/\s+/g, ' ')}) == (${text.replace(/\s+/g, ' ')})\n`);
  const entry = { path: source.path, text: `${source.text}\n${carriers.join('')}` };
  const compiled = compile({ entry, ...configured });
  const wrong = compiled.diagnostics.find((d) => isError(d));
  if (wrong !== undefined) throw new UserError(`--group-by ${groupBy.join(', ')}: ${wrong.message}`, wrong.help);
  return compiled;
}

/** Takes the expressions out of the model again. */
function withoutCarriers(model: Model, texts: readonly string[]): { readonly model: Model; readonly groupBy: readonly GroupBy[] } {
  const groupBy = texts.map((text, i): GroupBy => {
    const carrier = model.properties.find((p) => p.name === `${CARRIER}${i}`);
    if (carrier?.kind !== 'invariant' || carrier.formula.op !== 'eq') throw new UserError(`--group-by ${text}: that has the same value in every state.`);
    return { text, expr: carrier.formula.left };
  });
  return { groupBy, model: { ...model, properties: model.properties.filter((p) => !p.name.startsWith(CARRIER)) } };
}

function colourBy(model: Model, text: string): ColourBy {
  if (text === 'at') return { kind: 'at' };
  if (text.startsWith('at:')) {
    const process = model.instances.findIndex(({ name }) => name === text.slice(3));
    if (process < 0) throw new UserError(`There is no process '${text.slice(3)}'.`, `There are ${model.instances.map(({ name }) => name).join(', ')}.`);
    return { kind: 'at', process };
  }
  const property = model.properties.findIndex(({ name }) => name === text);
  const known = model.properties.filter(({ kind }) => kind === 'invariant').map(({ name }) => name);
  if (model.properties[property]?.kind !== 'invariant') throw new UserError(`'${text}' is no invariant of this spec.`, `Colour by at, at:PROCESS${known.map((name) => `, ${name}`).join('')}.`);
  return { kind: 'property', property };
}

/** A shortest path to the violation. */
function violationOf(model: Model, layout: Layout, name: string, radius: number): NonNullable<GraphRequest['around']> {
  const property = model.properties.findIndex((p) => p.name === name);
  if (property < 0) throw new UserError(`This spec has no property '${name}'.`, `It has ${model.properties.map((p) => p.name).join(', ')}.`);
  const { kernel } = compiledKernel(model, layout);
  const { verdicts } = explore(kernel, {
    expected: model.properties.map((_, i) => (i === property ? 'holds' : 'violated')),
    chosen: model.properties.map((_, i) => i === property),
    continueOnViolation: false,
    clock: () => performance.now(),
    shouldStop: () => false,
  });
  const verdict = verdicts[property];
  if (verdict?.kind !== 'violated') throw new UserError(`${name} is not violated: there is no path to draw.`);
  return { trace: verdict.trace, radius, fault: replay(model, layout, verdict.trace, property).fault, property: name };
}
