// `heddle diff`: opens and compiles the revisions, checks them side by side, compares them, writes what came out.

import * as os from 'node:os';
import { analyse, type Analysis } from '../../analysis/analyse.js';
import { propertyNames } from '../../analysis/config.js';
import { nearest } from '../../base/suggest.js';
import { isError } from '../../base/diagnostic.js';
import { unreachable } from '../../base/unreachable.js';
import { diagnosticData, inOrder } from '../../check/diagnostic-data.js';
import type { CheckOutcome, DiagnosticData } from '../../checker/outcome.js';
import { compile } from '../../compile.js';
import { SKIPPED, undecided, withoutAutomaton } from '../../diff/behaviour/unknown.js';
import { diffResult, type CompiledRevision } from '../../diff/compare.js';
import { firstBadText } from '../../diff/report/first-bad.js';
import { diffJson } from '../../diff/report/json.js';
import type { Definitions } from '../../diff/matrix.js';
import type { BehaviourChange, DiffResult } from '../../diff/result.js';
import type { NoAutomaton } from '../../diff/task.js';
import { diffHtml } from '../../diff/report/html.js';
import { diffMarkdown } from '../../diff/report/markdown.js';
import { diffText } from '../../diff/report/text.js';
import { diffOutcome, exitCodeOf } from '../../diff/verdict.js';
import { Ended, taskThreads, type TaskThreads } from '../diff-threads.js';
import { interruptible } from '../interrupt.js';
import { openOutput, UserError, writeDiagnostics, type Output } from '../io.js';
import { parseConstants } from '../option-values.js';
import { fileRevisions, gitHistory, gitRevisions, type Revision } from '../revisions.js';
import { progressLine } from '../progress.js';
import { VERSION } from '../version.js';
import type { ToRun } from '../plan.js';
import { runAll } from '../run-all.js';

export interface DiffOptions {
  readonly git?: string;
  readonly check?: string;
  readonly const: readonly string[];
  readonly firstBad?: string;
  readonly behaviours: boolean;
  readonly workers?: number;
  readonly maxStates?: number;
  readonly maxMemory: number;
  readonly timeLimit?: number;
  readonly trace?: 'table' | 'lanes' | 'none';
  readonly format: 'text' | 'json' | 'markdown' | 'html';
  readonly out?: string;
}

/** Runs the command; gives its exit code. */
export async function diff(args: readonly string[], options: DiffOptions): Promise<number> {
  const output = openOutput(options.out);
  const revisions = opened(args, options);
  const constants = parseConstants(options.const);
  const analyses = revisions.map(({ source, loader }) => analyse({ entry: source, loader, constants: new Map(constants) }));
  const check = chosenCheck(revisions, analyses, options.check);
  requireNames(revisions, analyses, constants, options.firstBad);
  const compiled = compileAll(revisions, check, constants);
  if ('wrong' in compiled) {
    writeDiagnostics(compiled.wrong);
    return 2;
  }
  const chosen = options.firstBad === undefined ? chosenProperties(analyses, check) : [options.firstBad];
  const items = revisions.map(({ source, loader }, i): ToRun => ({
    loader,
    job: {
      source,
      check,
      constants: constants.filter(([name]) => analyses[i]!.constantNames.includes(name)),
      continueOnViolation: true,
      engine: 'builtin',
      ...(chosen === undefined ? {} : { properties: chosen }),
      ...(options.maxStates === undefined ? {} : { maxStates: options.maxStates }),
      ...(options.timeLimit === undefined ? {} : { timeLimitMs: options.timeLimit }),
    },
  }));
  const outcomes = await runAll(items, { ...options, quiet: false }, () => undefined);
  const failed = outcomes.flatMap((o): readonly DiagnosticData[] => o.diagnostics ?? []);
  if (failed.length > 0) {
    writeDiagnostics(failed);
    return 2;
  }
  const result = await compared(check, compiled.revisions, outcomes, options);
  output.write(report(result, output, options));
  output.finish();
  return exitCodeOf(diffOutcome(result));
}

function opened(args: readonly string[], { git, firstBad }: DiffOptions): readonly Revision[] {
  if (git !== undefined) {
    if (args.length !== 1) throw new UserError('--git compares revisions of one file.', 'Write heddle diff --git REV..REV FILE.');
    return firstBad === undefined ? gitRevisions(git, args[0]!) : gitHistory(git, args[0]!);
  }
  if (args.length < 2) throw new UserError('There is nothing to compare: one revision.', `Name two files or more${firstBad === undefined ? '' : ', oldest first'}, or say --git REV..REV.`);
  return fileRevisions(args);
}

/** The check that is compared: the one asked for, `default`, or the first that every revision has. @throws UserError */
function chosenCheck(revisions: readonly Revision[], analyses: readonly Analysis[], asked: string | undefined): string {
  analyses.forEach((analysis, i) => {
    const { path } = revisions[i]!.source;
    if (analysis.diagnostics.some(isError)) return;
    if (analysis.open.length > 0) throw new UserError(`${path} cannot be run: it leaves abstract: ${analysis.open.join(', ')}.`, 'Compare specs that import it and give them.');
    if (!analysis.runnable) throw new UserError(`There is nothing to run in ${path}: it has neither a process nor a \`check\` block.`);
  });
  const has = (name: string): readonly boolean[] => analyses.map((a) => a.checks.some((c) => c.name === name));
  const name = asked ?? (has('default').every(Boolean) ? 'default' : analyses[0]!.checks.find((c) => !c.manual && has(c.name).every(Boolean))?.name);
  if (name === undefined) throw new UserError('The revisions have no check in common.', analyses.map((a, i) => `${revisions[i]!.source.path}: ${a.checks.map((c) => c.name).join(', ')}`).join('\n'));
  const lacks = has(name).indexOf(false);
  if (lacks >= 0) throw new UserError(`${revisions[lacks]!.source.path} has no check '${name}'.`, `It has ${analyses[lacks]!.checks.map((c) => c.name).join(', ')}.`);
  return name;
}

/** What any of the revisions looks at is looked at in all: a property that the check no longer names is not lost from sight. Undefined: everything. */
function chosenProperties(analyses: readonly Analysis[], check: string): readonly string[] | undefined {
  const only = analyses.map((a) => a.checks.find((c) => c.name === check)?.only);
  if (only.every((names) => names === undefined)) return undefined;
  const all = analyses.flatMap((a, i) => only[i] ?? (a.program === undefined ? [] : [...propertyNames(a.program)]));
  return [...new Set(all)];
}

/** Names that no revision has are mistakes. @throws UserError */
function requireNames(revisions: readonly Revision[], analyses: readonly Analysis[], constants: readonly (readonly [string, string])[], property: string | undefined): void {
  const known = new Set(analyses.flatMap((a) => a.constantNames));
  const refuse = (what: string, name: string, names: Iterable<string>): never => {
    const near = nearest(name, names);
    throw new UserError(`No revision has a ${what} '${name}'.`, near === undefined ? undefined : `Did you mean '${near}'?`);
  };
  for (const [name] of constants) if (!known.has(name)) refuse('constant', name, known);
  const properties = new Set(analyses.flatMap((a) => (a.program === undefined ? [] : [...propertyNames(a.program)])));
  if (property !== undefined && analyses.every((a) => a.program !== undefined) && !properties.has(property)) refuse('property', property, properties);
  if (revisions.length < 2) throw new UserError('There is nothing to compare.');
}

type Compilation = { readonly revisions: readonly CompiledRevision[] } | { readonly wrong: readonly DiagnosticData[] };

function compileAll(revisions: readonly Revision[], check: string, constants: readonly (readonly [string, string])[]): Compilation {
  const wrong: DiagnosticData[] = [];
  const compiled = revisions.flatMap(({ name, source, loader }): CompiledRevision[] => {
    const { analysis, model, diagnostics } = compile({ entry: source, loader, check, constants: new Map(constants) });
    if (model === undefined || analysis.program === undefined) {
      wrong.push(...inOrder(diagnostics.filter(isError)).map(diagnosticData));
      return [];
    }
    return [{ name, program: analysis.program, model, files: analysis.files }];
  });
  return wrong.length > 0 ? { wrong } : { revisions: compiled };
}

/** Everything that is learnt beside the checks, by threads of its own. Ctrl-C ends it: what is not known then is undecided. */
async function compared(check: string, revisions: readonly CompiledRevision[], outcomes: readonly CheckOutcome[], options: DiffOptions): Promise<DiffResult> {
  const cores = options.workers ?? os.availableParallelism();
  const maxBytes = Math.floor(options.maxMemory / cores);
  const threads = taskThreads(cores, maxBytes);
  const progress = progressLine(true);
  try {
    // Who ended the checks wants no more to be begun.
    if (outcomes.some((o) => o.properties.some((p) => p.reason === 'interrupted'))) threads.end();
    else progress.say('comparing definitions and behaviours');
    return await interruptible(() => threads.end(), async () => {
      const pairs = revisions.slice(1).map((after, i) => ({ before: revisions[i]!, after }));
      const definitions = pairs.map((pair) => definitionsOf(threads, pair));
      const behaviours = options.behaviours && options.firstBad === undefined ? behavioursOf(threads, revisions, { maxStates: options.maxStates ?? MOST_STATES, maxBytes }) : pairs.map(() => SKIPPED);
      return diffResult(check, revisions, { outcomes, definitions: await Promise.all(definitions), behaviours: await Promise.all(behaviours) });
    });
  } finally {
    progress.clear();
    threads.end();
  }
}

interface Pair {
  readonly before: CompiledRevision;
  readonly after: CompiledRevision;
}

async function definitionsOf(threads: TaskThreads, { before, after }: Pair): Promise<Definitions> {
  try {
    return await threads.run({ kind: 'definitions', before, after });
  } catch (error) {
    if (!(error instanceof Ended)) throw error;
    return new Map([...before.program.properties, ...after.program.properties].map((p) => [p.name, { kind: 'undecided', note: `not compared: ${error.message}` }]));
  }
}

/** States of a revision beyond which its behaviours are not compared. */
const MOST_STATES = 10_000_000;

function behavioursOf(threads: TaskThreads, revisions: readonly CompiledRevision[], limits: { readonly maxStates: number; readonly maxBytes: number }): readonly Promise<BehaviourChange>[] {
  const automata = revisions.map(({ model }) => threads.run({ kind: 'automaton', model, ...limits }));
  // Each is waited for in its turn: one that fails before is no surprise then.
  for (const automaton of automata) automaton.catch(() => undefined);
  return revisions.slice(1).map(async (after, i) => {
    try {
      const [old, now] = await Promise.all([automata[i]!, automata[i + 1]!]);
      if (typeof old !== 'string' && typeof now !== 'string') return await threads.run({ kind: 'behaviours', before: old, after: now });
      const why = (found: typeof old): NoAutomaton | undefined => (typeof found === 'string' ? found : undefined);
      return withoutAutomaton([{ name: revisions[i]!.name, why: why(old) }, { name: after.name, why: why(now) }], limits.maxStates);
    } catch (error) {
      if (error instanceof Ended) return undecided(error.message);
      throw error;
    }
  });
}

function report(result: DiffResult, output: Output, { format, firstBad, trace }: DiffOptions): string {
  if (format === 'json') return diffJson(result, VERSION);
  if (firstBad !== undefined) return `${firstBadText(result, firstBad)}\n`;
  switch (format) {
    case 'markdown':
      return diffMarkdown(result, trace);
    case 'html':
      return diffHtml(result, trace);
    case 'text':
      return `${diffText(result, { palette: output.palette, width: output.width, ...(trace === undefined ? {} : { trace }) })}\n`;
    default:
      return unreachable(format);
  }
}
