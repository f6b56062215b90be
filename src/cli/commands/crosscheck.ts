// `heddle crosscheck`: the same checks on every engine there is, and whether they agree.

import * as os from 'node:os';
import * as path from 'node:path';
import pLimit from 'p-limit';
import type { CheckJob, Engine } from '../../check/job.js';
import { prepareCheck } from '../../check/prepare.js';
import type { CheckOutcome } from '../../checker/outcome.js';
import { compareOutcomes } from '../../engines/compare.js';
import { Disagreement } from '../../engines/check.js';
import { Unsupported } from '../../export/unsupported.js';
import { crosscheckSummary, crosscheckText, type EngineResult, type Row } from '../../report/crosscheck.js';
import { openOutput, UserError, writeError } from '../io.js';
import { plan, type ToRun } from '../plan.js';
import { runCheck } from '../run-check.js';
import { runEngine } from '../run-engine.js';
import { filesIn, write, type Language } from './export.js';

export interface CrosscheckOptions {
  readonly check: readonly string[];
  readonly const: readonly string[];
  readonly workers?: number;
  readonly maxStates: number;
  readonly maxMemory: number;
  readonly timeLimit?: number;
  readonly out: string;
}

/** The interpreter is slow: of a larger spec it searches the first levels only. */
const MOST_INTERPRETED = 20_000;

/** States of a spec for which an optimized verifier is not worth its compilation. */
const SMALL = 50_000;

/** Runs the command; gives its exit code: 1 when engines disagree. */
export async function crosscheck(args: readonly string[], options: CrosscheckOptions): Promise<number> {
  const { items, notRun } = plan(args, { ...options, property: [], continue: true, engine: 'builtin', fewestSwitches: false, coverage: false });
  const output = openOutput(undefined);
  const limit = pLimit(options.workers ?? os.availableParallelism());
  const engines: readonly Engine[] = process.env['TLA2TOOLS_JAR'] === undefined ? ['interpreter', 'spin'] : ['interpreter', 'spin', 'tlc'];
  const rows: Row[] = [];
  let exit = 0;
  for (const row of items.map((item) => limit(() => rowOf(item, engines, options)))) {
    const found = await row;
    rows.push(found);
    output.write(`${crosscheckText(found)}\n`);
    if (found.results.some(({ differences }) => differences.length > 0)) {
      exit = 1;
      invite(found, items, options.out);
    } else if (found.reference.outcome === 'error' && exit === 0) exit = 2;
  }
  output.write(`\n${crosscheckSummary(rows, notRun)}\n`);
  output.finish();
  return exit;
}

async function rowOf(item: ToRun, engines: readonly Engine[], options: CrosscheckOptions): Promise<Row> {
  const job: CheckJob = { ...item.job, maxMemoryBytes: options.maxMemory, maxStates: options.maxStates };
  const nothing = (): void => undefined;
  const reference = await runCheck(job, 1, nothing, item).outcome;
  const { file, check } = reference;
  if (reference.outcome === 'error') return { file, check, reference, results: [] };
  if (!reference.states.complete || reference.states.distinct > options.maxStates) return { file, check, reference, results: [], tooLarge: true };
  const results: EngineResult[] = [];
  for (const engine of engines) results.push(await compared(reference, engine, job, item));
  return { file, check, reference, results };
}

async function compared(reference: CheckOutcome, engine: Engine, job: CheckJob, item: ToRun): Promise<EngineResult> {
  const own: CheckJob = engine === 'interpreter' ? { ...job, engine, maxStates: MOST_INTERPRETED } : { ...job, engine };
  try {
    const outcome = await (engine === 'interpreter' ? runCheck(own, 1, () => undefined, item) : runEngine(own, item.loader, { small: reference.states.distinct < SMALL })).outcome;
    if (outcome.outcome === 'error') return { engine, outcome, differences: [], properties: 0, counts: false, why: (outcome.diagnostics ?? []).map((d) => d.message).join(' ') };
    return { engine, outcome, ...compareOutcomes(reference, outcome) };
  } catch (error) {
    if (!(error instanceof Disagreement)) throw error;
    return { engine, outcome: reference, differences: [error.message], properties: 0, counts: false };
  }
}

/** Engines that disagree: one of them is wrong, and Heddle wants to know. */
function invite(row: Row, items: readonly ToRun[], folder: string): void {
  const files: string[] = [row.file];
  const item = items.find(({ job }) => job.source.path === row.file && job.check === row.check);
  if (item !== undefined) {
    const prepared = prepareCheck({ ...item.job, maxMemoryBytes: 0 }, item.loader, () => performance.now(), item.analysis);
    if ('model' in prepared) {
      for (const language of ['promela', 'tla'] satisfies Language[]) {
        try {
          const exported = filesIn(language, prepared.model, row.file, row.check).map(({ name, text }) => ({ name: `${path.parse(name).name}-${row.check}${path.extname(name)}`, text }));
          write(exported, folder);
          files.push(...exported.map(({ name }) => path.join(folder, name)));
        } catch (error) {
          if (!(error instanceof Unsupported) && !(error instanceof UserError)) throw error;
        }
      }
    }
  }
  writeError(
    `The engines disagree on ${row.file}, check ${row.check}: ${row.results.flatMap((r) => r.differences).join('; ')}.\n` +
      `One of them is wrong, and it may well be Heddle. Please report it with these files:\n${files.map((f) => `  ${f}`).join('\n')}`,
  );
}
