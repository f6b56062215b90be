// `heddle check`: what is written of a run, where and in which order.

import type { Engine } from '../../check/job.js';
import { prepareCheck } from '../../check/prepare.js';
import type { CheckOutcome, DiagnosticData } from '../../checker/outcome.js';
import { compile } from '../../compile.js';
import { callSummary } from '../../report/call-summary.js';
import type { HtmlReport } from '../../report/html/page.js';
import { checkText, type TraceForm } from '../../report/text.js';
import { filtered, unknownNames, type TraceFilter } from '../../report/trace-filter.js';
import type { Run } from '../documents.js';
import type { AlsoOption, DocumentFormat, Format } from '../formats.js';
import { openOutput, UserError, writeDiagnostics, writeError, type Output } from '../io.js';
import { plan, type ToRun } from '../plan.js';
import { exitCode, runAll } from '../run-all.js';

export interface CheckOptions {
  readonly check: readonly string[];
  readonly const: readonly string[];
  readonly property: readonly string[];
  readonly workers?: number;
  readonly maxStates?: number;
  readonly maxMemory: number;
  readonly timeLimit?: number;
  readonly continue: boolean;
  readonly engine: Engine;
  readonly trace?: TraceForm;
  readonly format: Format;
  /** `--also sarif=FILE`: further forms of the same run. */
  readonly also: readonly AlsoOption[];
  readonly out?: string;
  readonly quiet: boolean;
  readonly dumpCode: boolean;
  /** Variables that traces do not show; that they show only. Not for traces as JSON or ITF, which are for programs. */
  readonly hide: readonly string[];
  readonly only: readonly string[];
  readonly fewestSwitches: boolean;
  readonly updateExpect: boolean;
  /** Do not ask. */
  readonly yes: boolean;
}

// What few runs need is loaded by those: to read it took a sixth of the time to the verdict of a small spec.
const documentOf = async (format: DocumentFormat, run: Run): Promise<string> => (await import('../documents.js')).documentOf(format, run);

/** Runs the command; gives its exit code. */
export async function check(args: readonly string[], given: CheckOptions): Promise<number> {
  if (given.updateExpect) (await import('../update-expect.js')).allowUpdate(given);
  // What is written must be the whole truth: a search that ends at the first surprise leaves the rest undecided.
  const options = given.updateExpect ? { ...given, continue: true } : given;
  const output = openOutput(options.out);
  const { items, notRun } = await planned(args, options, output);
  if (options.dumpCode) return dumpCode(items, output);
  const also = options.also.map(({ format, file }) => ({ format, output: openOutput(file) }));
  const document = options.format === 'text' ? undefined : options.format;
  const showsText = document === undefined || document === 'github';
  const outcomes = await runAll(items, options, (outcome) => {
    if (showsText) writeText(output, filtered(outcome, options), options);
  });
  const unknown = unknownNames(outcomes, options);
  if (unknown.length > 0) writeError(`No trace has a variable ${unknown.map((name) => `'${name}'`).join(' or ')}.`);
  const run: Run = { outcomes, notRun, graphs: () => smallGraphs(items, outcomes) };
  if (document !== undefined && document !== 'github') output.write(await documentOf(document, document === 'json' ? run : shownRun(run, options)));
  else if (options.trace === 'json' || options.trace === 'itf') {
    const names = options.property.length === 0 ? undefined : options.property;
    output.write(`${options.trace === 'json' ? (await import('../../report/json.js')).jsonTraces(outcomes, names) : (await import('../../report/itf.js')).itf(outcomes, names)}\n`);
    writeError(callSummary(outcomes, notRun));
  } else output.write(`${callSummary(outcomes, notRun, output)}\n`);
  if (document === 'github') output.write(await documentOf(document, run));
  for (const further of also) {
    further.output.write(await documentOf(further.format, further.format === 'json' ? run : shownRun(run, options)));
    further.output.finish();
  }
  const wrong = outcomes.flatMap((o): readonly DiagnosticData[] => o.diagnostics ?? []);
  writeDiagnostics(onlyOnce(wrong));
  output.finish();
  if (options.updateExpect) {
    const sources = [...new Map(items.map(({ job }) => [job.source.path, job.source])).values()];
    // What was not as expected is so from now on.
    const { updateExpect } = await import('../update-expect.js');
    const updated = await updateExpect(outcomes, sources, options.yes, writeError);
    const isOpen = (o: CheckOutcome): boolean => o.outcome !== 'unexpected' || o.properties.some((p) => p.verdict === 'undecided');
    if (updated === 'written') return exitCode(outcomes.filter(isOpen));
  }
  return exitCode(outcomes);
}

const shownRun = (run: Run, filter: TraceFilter): Run => ({ ...run, outcomes: run.outcomes.map((outcome) => filtered(outcome, filter)) });

/** The plan. JSON is an array even where there is nothing to run, so that a script can read it. */
async function planned(args: readonly string[], options: CheckOptions, output: Output): Promise<ReturnType<typeof plan>> {
  try {
    return plan(args, { ...options, coverage: [options.format, ...options.also.map(({ format }) => format)].includes('html') });
  } catch (error) {
    if (error instanceof UserError && options.format === 'json') {
      output.write(await documentOf('json', { outcomes: [], notRun: [], graphs: () => Promise.resolve([]) }));
      output.finish();
    }
    throw error;
  }
}

/** More cannot be read in a report. */
const MOST_STATES_IN_REPORT = 60;

/** Pictures of the state graphs that are small enough for a report. */
async function smallGraphs(items: readonly ToRun[], outcomes: readonly CheckOutcome[]): Promise<HtmlReport['graphs']> {
  const [{ stateGraph }, { svg }] = await Promise.all([import('../../check/state-graph.js'), import('../../report/graph.js')]);
  const small = outcomes.filter(({ states }) => states.complete && states.distinct <= MOST_STATES_IN_REPORT);
  const pictures: HtmlReport['graphs'][number][] = [];
  for (const { file, check } of small) {
    const item = items.find(({ job }) => job.source.path === file && job.check === check);
    if (item === undefined) continue;
    const { model, layout } = compile({ entry: item.job.source, loader: item.loader, check, constants: new Map(item.job.constants) });
    if (model !== undefined && layout !== undefined) pictures.push({ file, check, svg: await svg(stateGraph(model, layout, { maxStates: MOST_STATES_IN_REPORT + 1 })) });
  }
  return pictures;
}

/** `--dump-code`: what the checks would run, instead of running it. */
async function dumpCode(items: readonly ToRun[], output: Output): Promise<number> {
  const { generatedCode } = await import('../../check/run.js');
  const failed: DiagnosticData[] = [];
  for (const item of items) {
    const prepared = prepareCheck({ ...item.job, maxMemoryBytes: 0 }, item.loader, () => performance.now(), item.analysis);
    if ('model' in prepared) {
      const { source, check } = prepared.job;
      output.write(`// ${source.path}, check ${check}\n${generatedCode(prepared) ?? '// runs on the interpreter: a pool has more objects than a word has bits\n'}\n`);
    } else failed.push(...(prepared.diagnostics ?? []));
  }
  writeDiagnostics(onlyOnce(failed));
  output.finish();
  return failed.length > 0 ? 2 : 0;
}

function writeText(output: Output, outcome: CheckOutcome, options: CheckOptions): void {
  if (options.trace === 'json' || options.trace === 'itf') return;
  const text = checkText(outcome, {
    palette: output.palette,
    width: output.width,
    quiet: options.quiet,
    properties: options.property,
    traceAsked: options.trace !== undefined,
    ...(options.trace === undefined ? {} : { trace: options.trace }),
  });
  if (text !== '') output.write(`${text}\n\n`);
}

const onlyOnce = (diagnostics: readonly DiagnosticData[]): readonly DiagnosticData[] => [
  ...new Map(diagnostics.map((d) => [`${d.code} ${d.file}:${d.line}:${d.column}`, d])).values(),
];
