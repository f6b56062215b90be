// `heddle check`: which checks of which files run, side by side within the cores there are, and what is written in which order.

import * as os from 'node:os';
import pLimit from 'p-limit';
import pc from 'picocolors';
import { analyse, type Analysis } from '../../analysis/analyse.js';
import type { Loader } from '../../analysis/modules.js';
import { propertyNames, type CheckConfig } from '../../analysis/config.js';
import { nearest } from '../../analysis/suggest.js';
import { isError } from '../../base/diagnostic.js';
import { failedOutcome, type CheckJob, type Engine } from '../../check/job.js';
import { prepareCheck } from '../../check/prepare.js';
import type { CheckOutcome, DiagnosticData } from '../../checker/outcome.js';
import { compile } from '../../compile.js';
import { callSummary, type NotRun } from '../../report/call-summary.js';
import { diagnosticsText } from '../../report/diagnostic-text.js';
import type { HtmlReport } from '../../report/html/page.js';
import { plainPalette, type Palette } from '../../report/palette.js';
import { checkText, type TraceForm } from '../../report/text.js';
import { filtered, unknownNames, type TraceFilter } from '../../report/trace-filter.js';
import type { Run } from '../documents.js';
import { findFiles } from '../files.js';
import type { AlsoOption, DocumentFormat, Format } from '../formats.js';
import { openOutput, readerGone, UserError, writeError, type Output } from '../io.js';
import { fileLoader, openSource } from '../loader.js';
import { parseConstants } from '../option-values.js';
import { progressLine } from '../progress.js';
import { runCheck, type RunningCheck } from '../run-check.js';

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

/** What decides which checks run, and within which limits. */
export type PlanOptions = Pick<CheckOptions, 'check' | 'const' | 'property' | 'maxStates' | 'timeLimit' | 'continue' | 'engine' | 'format' | 'also'> & Partial<Pick<CheckOptions, 'fewestSwitches'>>;

/** A check to run, with where its modules come from (one loader for a call: each file is read and parsed once), or an outcome that is known without running. */
export type Item = { readonly job: Omit<CheckJob, 'maxMemoryBytes'>; readonly loader: Loader } | { readonly outcome: CheckOutcome };

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
  const palette: Palette = output.isTerminal && pc.isColorSupported ? pc : plainPalette;
  const also = options.also.map(({ format, file }) => ({ format, output: openOutput(file) }));
  const document = options.format === 'text' ? undefined : options.format;
  const showsText = document === undefined || document === 'github';
  const outcomes = await runAll(items, options, (outcome) => {
    if (showsText) writeText(output, filtered(outcome, options), options, palette);
  });
  const unknown = unknownNames(outcomes, options);
  if (unknown.length > 0) writeError(`No trace has a variable ${unknown.map((name) => `'${name}'`).join(' or ')}.`);
  const run: Run = { outcomes, notRun, graphs: () => smallGraphs(items, outcomes) };
  if (document !== undefined && document !== 'github') output.write(await documentOf(document, document === 'json' ? run : shownRun(run, options)));
  else if (options.trace === 'json' || options.trace === 'itf') {
    const names = options.property.length === 0 ? undefined : options.property;
    output.write(`${options.trace === 'json' ? (await import('../../report/json.js')).jsonTraces(outcomes, names) : (await import('../../report/itf.js')).itf(outcomes, names)}\n`);
    writeError(callSummary(outcomes, notRun, { palette: plainPalette }));
  } else output.write(`${callSummary(outcomes, notRun, { palette })}\n`);
  if (document === 'github') output.write(await documentOf(document, run));
  for (const further of also) {
    further.output.write(await documentOf(further.format, further.format === 'json' ? run : shownRun(run, options)));
    further.output.finish();
  }
  const wrong = outcomes.flatMap((o): readonly DiagnosticData[] => o.diagnostics ?? []);
  if (wrong.length > 0) writeError(diagnosticsText(onlyOnce(wrong), process.stderr.isTTY === true && pc.isColorSupported ? pc : plainPalette));
  output.finish();
  if (options.updateExpect) {
    const sources = [...new Map(items.flatMap((item) => ('job' in item ? [[item.job.source.path, item.job.source]] : []))).values()];
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
    return plan(args, options);
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
async function smallGraphs(items: readonly Item[], outcomes: readonly CheckOutcome[]): Promise<HtmlReport['graphs']> {
  const [{ stateGraph }, { svg }] = await Promise.all([import('../../check/state-graph.js'), import('../../report/graph.js')]);
  const small = outcomes.filter(({ states }) => states.complete && states.distinct <= MOST_STATES_IN_REPORT);
  const pictures: HtmlReport['graphs'][number][] = [];
  for (const { file, check } of small) {
    const item = items.find((i) => 'job' in i && i.job.source.path === file && i.job.check === check);
    if (item === undefined || !('job' in item)) continue;
    const { model, layout } = compile({ entry: item.job.source, loader: item.loader, check, constants: new Map(item.job.constants) });
    if (model !== undefined && layout !== undefined) pictures.push({ file, check, svg: await svg(stateGraph(model, layout, { maxStates: MOST_STATES_IN_REPORT + 1 })) });
  }
  return pictures;
}

/** `--dump-code`: what the checks would run, instead of running it. */
async function dumpCode(items: readonly Item[], output: Output): Promise<number> {
  const { generatedCode } = await import('../../check/run.js');
  const failed: DiagnosticData[] = [];
  for (const item of items) {
    const prepared = 'outcome' in item ? item.outcome : prepareCheck({ ...item.job, maxMemoryBytes: 0 }, item.loader, () => performance.now());
    if ('model' in prepared) {
      const { source, check } = prepared.job;
      output.write(`// ${source.path}, check ${check}\n${generatedCode(prepared) ?? '// runs on the interpreter: a pool has more objects than a word has bits\n'}\n`);
    } else failed.push(...(prepared.diagnostics ?? []));
  }
  if (failed.length > 0) writeError(diagnosticsText(onlyOnce(failed), plainPalette));
  output.finish();
  return failed.length > 0 ? 2 : 0;
}

function writeText(output: Output, outcome: CheckOutcome, options: CheckOptions, palette: Palette): void {
  if (options.trace === 'json' || options.trace === 'itf') return;
  const text = checkText(outcome, {
    palette,
    width: output.isTerminal ? (process.stdout.columns ?? 100) : 100,
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

/** Of several outcomes the first of 2, 1, 3, 0 (70 is main's). */
export function exitCode(outcomes: readonly CheckOutcome[]): number {
  if (outcomes.some((o) => o.outcome === 'error')) return 2;
  if (outcomes.some((o) => o.outcome === 'unexpected')) return 1;
  return outcomes.some((o) => o.outcome === 'undecided') ? 3 : 0;
}

interface Found {
  readonly path: string;
  readonly named: boolean;
  readonly source: { readonly path: string; readonly text: string };
  readonly analysis: Analysis;
}

/** Opens the files and decides what runs. @throws UserError when nothing does. */
export function plan(args: readonly string[], options: PlanOptions): { readonly items: readonly Item[]; readonly notRun: readonly NotRun[] } {
  const constants = parseConstants(options.const);
  const loader = fileLoader();
  const files = findFiles(args);
  const items: Item[] = [];
  const notRun: NotRun[] = [];
  const found: (Found | { readonly path: string; readonly named: boolean; readonly problem: string })[] = files.map(({ path, named }) => {
    const source = openSource(path);
    if ('problem' in source) return { path, named, problem: source.problem };
    return { path, named, source, analysis: analyse({ entry: source, loader }) };
  });
  // A file that another file of the call imports is run there.
  const imported = new Set(found.flatMap((f) => ('analysis' in f ? f.analysis.files.map((file) => file.path).filter((p) => p !== f.source.path) : [])));
  for (const f of found) {
    if ('problem' in f) {
      if (f.named) throw new UserError(`Cannot read ${f.path}: ${f.problem}.`);
      notRun.push({ file: f.path, why: f.problem });
      continue;
    }
    const why = whyNotRun(f, constants, options, imported);
    if (why === 'silent') continue;
    if (why !== undefined) {
      notRun.push({ file: f.path, why });
      continue;
    }
    for (const config of chosenChecks(f.analysis, options)) {
      const job: Omit<CheckJob, 'maxMemoryBytes'> = {
        source: f.source,
        check: config.name,
        constants: constants.filter(([name]) => f.analysis.constantNames.includes(name)),
        continueOnViolation: options.continue,
        engine: options.engine,
        ...(options.property.length === 0 ? {} : { properties: options.property }),
        ...(options.fewestSwitches === true ? { fewestSwitches: true } : {}),
        ...([options.format, ...options.also.map(({ format }) => format)].includes('html') ? { coverage: true } : {}),
        ...(options.maxStates === undefined ? {} : { maxStates: options.maxStates }),
        ...(options.timeLimit === undefined ? {} : { timeLimitMs: options.timeLimit }),
      };
      const errors = f.analysis.diagnostics.filter(isError);
      // Errors of the declared constants may go away with the check's own: such a check decides for itself.
      if (errors.length > 0 && config.constants.length === 0 && constants.length === 0) {
        items.push({ outcome: failedOutcome({ ...job, maxMemoryBytes: 0 }, f.analysis.diagnostics) });
        break;
      }
      items.push({ job, loader });
    }
  }
  if (items.length === 0) throw new UserError('There is nothing to run.', notRun.map((n) => `${n.file}: ${n.why}`).join('\n') || 'No `.heddle` file with a process or a `check` block was found.');
  return { items, notRun };
}

function whyNotRun(f: Found, constants: readonly (readonly [string, string])[], options: PlanOptions, imported: ReadonlySet<string>): string | 'silent' | undefined {
  const { analysis } = f;
  const hasErrors = analysis.diagnostics.some(isError);
  // What is wrong with a module that leaves something open shows where it is imported, with the constants that it has there.
  if (analysis.open.length > 0 && !f.named && imported.has(f.source.path)) return 'silent';
  if (analysis.open.length > 0 && !hasErrors) {
    const why = `it leaves abstract: ${analysis.open.join(', ')}`;
    if (f.named) throw new UserError(`${f.path} cannot be run: ${why}.`, 'Check a spec that imports it and gives them.');
    return why;
  }
  if (!analysis.runnable && !hasErrors) {
    if (f.named) throw new UserError(`There is nothing to run in ${f.path}: it has neither a process nor a \`check\` block.`, 'Check a spec that imports it.');
    return 'silent';
  }
  if (hasErrors) return undefined;
  const names = analysis.checks.map((c) => c.name);
  const missing = options.check.filter((c) => !names.includes(c));
  if (options.check.length > 0 && missing.length === options.check.length) return `it has no check ${options.check.map((c) => `'${c}'`).join(' or ')}${didYouMean(options.check[0]!, names)}`;
  const lacking = constants.map(([name]) => name).filter((name) => !analysis.constantNames.includes(name));
  if (lacking.length > 0) return `it has no constant ${lacking.map((n) => `'${n}'`).join(', ')}${didYouMean(lacking[0]!, analysis.constantNames)}`;
  const known = analysis.program === undefined ? undefined : propertyNames(analysis.program);
  const unknown = known === undefined ? [] : options.property.filter((p) => !known.has(p));
  if (known !== undefined && unknown.length > 0) return `it has no property ${unknown.map((n) => `'${n}'`).join(', ')}${didYouMean(unknown[0]!, known)}`;
  return undefined;
}

function didYouMean(name: string, names: Iterable<string>): string {
  const near = nearest(name, names);
  return near === undefined ? '' : `; did you mean '${near}'?`;
}

function chosenChecks(analysis: Analysis, options: PlanOptions): readonly CheckConfig[] {
  if (options.check.length > 0) return analysis.checks.filter((c) => options.check.includes(c.name));
  return analysis.checks.filter((c) => !c.manual);
}

const isElsewhere = ({ engine }: CheckJob): boolean => engine === 'spin' || engine === 'tlc';

/** Runs the jobs side by side and hands out each outcome when its turn in the order has come. */
export async function runAll(items: readonly Item[], options: Pick<CheckOptions, 'workers' | 'maxMemory' | 'quiet'>, ready: (outcome: CheckOutcome) => void): Promise<readonly CheckOutcome[]> {
  const cores = options.workers ?? os.availableParallelism();
  const jobs = items.filter((i) => 'job' in i).length;
  const atOnce = Math.max(1, Math.min(cores, jobs));
  const limit = pLimit(atOnce);
  const progress = progressLine(!options.quiet);
  const running = new Set<RunningCheck>();
  let interrupted = false;
  const onInterrupt = (): void => {
    if (interrupted) process.exit(3);
    interrupted = true;
    running.forEach((r) => r.stop());
  };
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onInterrupt);
  readerGone.addEventListener('abort', onInterrupt);
  const outcomes = items.map((item): Promise<CheckOutcome> => {
    if ('outcome' in item) return Promise.resolve(item.outcome);
    return limit(async () => {
      const job: CheckJob = { ...item.job, maxMemoryBytes: Math.floor(options.maxMemory / atOnce) };
      const run = isElsewhere(job) ? (await import('../run-engine.js')).runEngine(job, item.loader, options.workers === undefined ? {} : { workers: Math.max(1, Math.floor(cores / atOnce)) }) : runCheck(job, Math.max(1, Math.floor(cores / atOnce)), (p) => progress.show(`${job.source.path} ${job.check}`, p), item.loader);
      running.add(run);
      if (interrupted) run.stop();
      try {
        return await run.outcome;
      } finally {
        running.delete(run);
      }
    });
  });
  try {
    const done: CheckOutcome[] = [];
    for (const outcome of outcomes) {
      done.push(await outcome);
      progress.clear();
      ready(done.at(-1)!);
    }
    return done;
  } finally {
    progress.clear();
    running.forEach((r) => r.stop());
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onInterrupt);
    readerGone.removeEventListener('abort', onInterrupt);
  }
}

