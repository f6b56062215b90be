// Which checks of which files a call runs, and what it leaves out, with the reason.

import { analyse, type Analysis } from '../analysis/analyse.js';
import { checkConfigs, propertyNames, type CheckConfig } from '../analysis/config.js';
import type { Loader } from '../analysis/modules.js';
import { nearest } from '../base/suggest.js';
import { isError } from '../base/diagnostic.js';
import type { SourceFile } from '../base/span.js';
import type { CheckJob, Engine } from '../check/job.js';
import { parse } from '../parser/parse.js';
import type { NotRun } from '../report/call-summary.js';
import { findFiles } from './files.js';
import { UserError } from './io.js';
import { fileLoader, openSource } from './loader.js';
import { parseConstants } from './option-values.js';

/** What decides which checks run, and within which limits. */
export interface PlanOptions {
  readonly check: readonly string[];
  readonly const: readonly string[];
  readonly property: readonly string[];
  readonly maxStates?: number;
  readonly timeLimit?: number;
  readonly continue: boolean;
  readonly engine: Engine;
  readonly fewestSwitches: boolean;
  /** The outcomes tell how often each step was taken. */
  readonly coverage: boolean;
}

/** A check to run, with where its modules come from (one loader for a call: each file is read and parsed once). */
export interface ToRun {
  readonly job: Omit<CheckJob, 'maxMemoryBytes'>;
  readonly loader: Loader;
  /** The spec as this check has it, where the plan looked at it so. */
  readonly analysis?: Analysis;
}

interface Found {
  readonly path: string;
  readonly named: boolean;
  readonly source: SourceFile;
  /** The checks that the call asks for. */
  readonly chosen: readonly CheckConfig[];
  /** With the constants that the first of them sets: those that are declared need not do for any. */
  readonly analysis: Analysis;
}

/** Opens the files and decides what runs. @throws UserError when nothing does. */
export function plan(args: readonly string[], options: PlanOptions): { readonly items: readonly ToRun[]; readonly notRun: readonly NotRun[] } {
  const constants = parseConstants(options.const);
  const loader = fileLoader();
  const files = findFiles(args);
  const items: ToRun[] = [];
  const notRun: NotRun[] = [];
  const found: (Found | { readonly path: string; readonly named: boolean; readonly problem: string })[] = files.map(({ path, named }) => {
    const source = openSource(path);
    if ('problem' in source) return { path, named, problem: source.problem };
    const chosen = chosenChecks(checkConfigs({ source, tree: parse(source).file }), options);
    const first = chosen[0] === undefined ? {} : { check: chosen[0].name };
    return { path, named, source, chosen, analysis: analyse({ entry: source, loader, constants: new Map(constants), ...first }) };
  });
  // A file that another file of the call imports is run there.
  const imported = new Set(found.flatMap((f) => ('analysis' in f ? f.analysis.files.map((file) => file.path).filter((p) => p !== f.source.path) : [])));
  for (const f of found) {
    if ('problem' in f) {
      if (f.named) throw new UserError(`Cannot read ${f.path}: ${f.problem}.`);
      notRun.push({ file: f.path, why: f.problem });
      continue;
    }
    const why = whyNotRun(f, constants, options, imported) ?? leftOpen(f);
    if (why === 'silent') continue;
    if (why !== undefined) {
      notRun.push({ file: f.path, why });
      continue;
    }
    for (const config of f.chosen) {
      const job: Omit<CheckJob, 'maxMemoryBytes'> = {
        source: f.source,
        check: config.name,
        constants: constants.filter(([name]) => f.analysis.constantNames.includes(name)),
        continueOnViolation: options.continue,
        engine: options.engine,
        ...(options.property.length === 0 ? {} : { properties: options.property }),
        fewestSwitches: options.fewestSwitches,
        coverage: options.coverage,
        ...(options.maxStates === undefined ? {} : { maxStates: options.maxStates }),
        ...(options.timeLimit === undefined ? {} : { timeLimitMs: options.timeLimit }),
      };
      const isFirst = config === f.chosen[0];
      items.push({ job, loader, ...(isFirst ? { analysis: f.analysis } : {}) });
      // Errors of the constants that a check sets may be that check's alone.
      if (isFirst && config.constants.length === 0 && f.analysis.diagnostics.some(isError)) break;
    }
  }
  const unknown = options.check.find((name) => found.every((f) => 'analysis' in f && !f.analysis.checks.some((c) => c.name === name)));
  if (items.length > 0 && unknown !== undefined) throw new UserError(`No file of the call has a check '${unknown}'.`);
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
  // With errors too: those of the constants as declared may be none of its checks'.
  if (f.chosen.length === 0 && options.check.length > 0) return `it has no check ${options.check.map((c) => `'${c}'`).join(' or ')}${didYouMean(options.check[0]!, analysis.checks.map((c) => c.name))}`;
  if (hasErrors) return undefined;
  const lacking = constants.map(([name]) => name).filter((name) => !analysis.constantNames.includes(name));
  if (lacking.length > 0) return `it has no constant ${lacking.map((n) => `'${n}'`).join(', ')}${didYouMean(lacking[0]!, analysis.constantNames)}`;
  const known = analysis.program === undefined ? undefined : propertyNames(analysis.program);
  const unknown = known === undefined ? [] : options.property.filter((p) => !known.has(p));
  if (known !== undefined && unknown.length > 0) return `it has no property ${unknown.map((n) => `'${n}'`).join(', ')}${didYouMean(unknown[0]!, known)}`;
  return undefined;
}

/** A constant without a value of its own that the first check gives and another does not. */
function leftOpen({ path, named, chosen, analysis }: Found): string | undefined {
  for (const { name, constants } of chosen) {
    const open = analysis.givenByCheck.find((names) => !names.some((n) => constants.includes(n)));
    if (open === undefined) continue;
    const why = `its check '${name}' leaves abstract: ${open[0]}`;
    if (named) throw new UserError(`${path} cannot be run: ${why}.`, `The check '${chosen[0]!.name}' gives it.`);
    return why;
  }
  return undefined;
}

function didYouMean(name: string, names: Iterable<string>): string {
  const all = [...names];
  const near = all.filter((n) => n.endsWith(`.${name}`)).join("' or '") || nearest(name, all);
  return near === undefined ? '' : `; did you mean '${near}'?`;
}

function chosenChecks(checks: readonly CheckConfig[], options: PlanOptions): readonly CheckConfig[] {
  return checks.filter((c) => (options.check.length > 0 ? options.check.includes(c.name) : !c.manual));
}
