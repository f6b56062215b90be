// The lines of verdicts in a check's report: what came out for which property, grouped, and whether that was expected.

import { unreachable } from '../base/unreachable.js';
import type { CheckOutcome, PropertyOutcome } from '../checker/outcome.js';
import type { Reason } from '../checker/verdict.js';
import { labelled } from './line-breaking.js';
import type { Palette } from './palette.js';
import { whereViolated } from './trace-words.js';

export interface VerdictStyle {
  readonly width: number;
  readonly palette: Palette;
  /** Only what is unexpected or undecided. */
  readonly quiet: boolean;
}

/** Declared in the spec, not one of those that every spec has. */
export const isDeclared = (p: PropertyOutcome): boolean => p.kind !== 'deadlock' && !(p.kind === 'builtin' && p.at === undefined);

/** Deadlock and unnamed built-in checks that hold, as expected: not worth a name. */
export const isQuiet = (p: PropertyOutcome): boolean => !isDeclared(p) && p.verdict === 'holds' && p.expected === 'holds';

/** What the whole run came to, in two or three words. */
export function overallText(outcomes: readonly CheckOutcome[]): string {
  const has = (kind: CheckOutcome['outcome']): boolean => outcomes.some((o) => o.outcome === kind);
  if (outcomes.length === 0) return 'nothing was run';
  return has('error') ? 'a spec has errors' : has('unexpected') ? 'NOT as expected' : has('undecided') ? 'undecided' : 'as expected';
}

/** Whether it came out as it should; undefined when it is undecided. */
export const isAsExpected = (p: PropertyOutcome): boolean | undefined => (p.verdict === 'undecided' ? undefined : p.verdict === p.expected);

/** The reason for `undecided`, in words that complete a sentence. `error`: which kind of error it was shows in the outcome. */
export function reasonText(reason: Reason | undefined, { properties }: CheckOutcome): string {
  switch (reason) {
    case undefined:
      return 'the search ended before it was settled';
    case 'states':
      return 'the limit on states ended the search';
    case 'memory':
      return 'the limit on memory ended the search';
    case 'time':
      return 'the limit on time ended the search';
    case 'interrupted':
      return 'the search was interrupted';
    case 'error': {
      const full = properties.filter((p) => p.name.endsWith('.exhausted') && p.verdict === 'violated').map((p) => p.name.replace(/\.exhausted$/, ''));
      return full.length > 0
        ? `the pool ${full.join(', ')} has too few slots, and what lies behind was not seen`
        : 'the search ended at the violation; --continue searches on';
    }
    case 'unsupported':
      return 'the automaton of the formula would be too large';
    default:
      return unreachable(reason);
  }
}

/** Columns of the labels. */
export const LABEL = 9;

/** Stands for a blank that is kept while a text is broken into lines. */
const NO_BREAK = '\u00a0';

/** All groups, each line indented by two and at most `width` columns. */
export function verdictLines(outcome: CheckOutcome, style: VerdictStyle): readonly string[] {
  const { palette, quiet } = style;
  const out: string[] = [];
  const say = (label: string, paint: (t: string) => string, text: string): void => {
    out.push(...labelled(label, text, LABEL, style.width, paint).map((line) => line.replaceAll(NO_BREAK, ' ')));
  };
  const properties = outcome.properties;
  const holding = properties.filter((p) => p.verdict === 'holds' && p.expected === 'holds' && !isQuiet(p));
  if (!quiet) {
    const plain = holding.filter((p) => upToOf(p) === '');
    const names = listed(plain.map((p) => (p.vacuous === true ? `${p.name} (vacuously)` : p.name)));
    const nothing = quietText(properties.filter((p) => isQuiet(p) && upToOf(p) === ''), properties);
    if (names !== '') say('holds', palette.green, names);
    if (nothing !== '') say(names === '' ? 'holds' : '', palette.green, nothing);
    for (const [upTo, group] of groupBy(properties.filter((p) => p.verdict === 'holds' && p.expected === 'holds' && upToOf(p) !== ''), upToOf)) {
      const shown = group.filter((p) => !isQuiet(p)).map((p) => p.name);
      const rest = quietText(group.filter(isQuiet), properties);
      say('holds', palette.green, `${[listed(shown), rest].filter((part) => part !== '').join('; ')} - up to ${upTo} (what such an error hides was not explored)`);
    }
    for (const p of properties.filter((q) => q.verdict === 'violated' && q.expected === 'violated')) say('violated', palette.green, violatedText(p, outcome, 'as expected'));
  }
  for (const p of properties.filter((q) => q.verdict === 'violated' && q.expected === 'holds')) say('violated', palette.red, violatedText(p, outcome, 'NOT expected'));
  for (const p of properties.filter((q) => q.verdict === 'holds' && q.expected === 'violated')) {
    const upTo = upToOf(p);
    say('holds', palette.red, `${p.name}${NO_BREAK.repeat(2)}NOT expected: it should be violated${upTo === '' ? '' : ` (holds up to ${upTo})`}`);
  }
  for (const { names, why } of undecidedGroups(outcome)) say('undecided', palette.yellow, `${names}: ${why}`);
  return out;
}

export interface UndecidedGroup {
  /** `Mutex, deadlock, whether a step errs`. */
  readonly names: string;
  /** Words that complete the sentence. */
  readonly why: string;
  readonly properties: readonly PropertyOutcome[];
}

/** What is undecided, grouped by the reason. */
export function undecidedGroups(outcome: CheckOutcome): readonly UndecidedGroup[] {
  const undecided = outcome.properties.filter((q) => q.verdict === 'undecided');
  return [...groupBy(undecided, (q) => reasonText(q.reason, outcome))].map(([why, properties]) => ({ names: undecidedNames(properties), why, properties }));
}

function violatedText(p: PropertyOutcome, outcome: CheckOutcome, remark: string): string {
  const longest = Math.min(24, Math.max(...outcome.properties.filter((q) => q.verdict === 'violated').map((q) => q.name.length)));
  const where = p.trace === undefined ? '' : ` ${whereViolated(p.trace)},`;
  return `${p.name}${NO_BREAK.repeat(Math.max(0, longest - p.name.length) + 1)}${where} ${remark}`;
}

const upToOf = (p: PropertyOutcome): string => listed(p.upTo ?? []);

const listed = (names: readonly string[]): string => names.join(', ');

/** `no deadlock, no step errs`, as far as it was looked for and is true. */
function quietText(quiet: readonly PropertyOutcome[], all: readonly PropertyOutcome[]): string {
  const errors = quiet.filter((p) => p.kind === 'builtin' && !p.name.endsWith('.leak'));
  const leaks = quiet.filter((p) => p.kind === 'builtin' && p.name.endsWith('.leak'));
  const others = all.some((p) => p.kind === 'builtin' && !p.name.endsWith('.leak') && !quiet.includes(p) && (p.verdict !== 'holds' || isQuiet(p)));
  const parts = quiet.some((p) => p.kind === 'deadlock') ? ['no deadlock'] : [];
  if (errors.length > 0) parts.push(others ? 'no step errs otherwise' : 'no step errs');
  for (const p of leaks) parts.push(`no ${p.name.slice(0, -'.leak'.length)} leaks`);
  return listed(parts);
}

/** Unnamed built-in checks are many: they are named together. */
function undecidedNames(group: readonly PropertyOutcome[]): string {
  const unnamed = group.filter((p) => p.kind === 'builtin' && p.at === undefined && p.expected === 'holds');
  const names = group.filter((p) => !unnamed.includes(p)).map((p) => p.name);
  return listed(unnamed.length === 0 ? names : [...names, unnamed.length === 1 ? unnamed[0]!.name : 'whether a step errs']);
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
