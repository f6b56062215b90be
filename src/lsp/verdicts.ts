// What checks have found, by the property's place: shown as lenses and diagnostics until the texts change.

import type { CheckOutcome, PropertyOutcome } from '../checker/outcome.js';
import { lanes } from '../report/lanes.js';
import { counted } from '../report/quantities.js';

export interface Verdict {
  readonly property: PropertyOutcome;
  readonly outcome: CheckOutcome;
  /** The spec that was checked. */
  readonly entry: string;
  /** A text that it rests on has changed since. */
  stale: boolean;
}

export interface TraceDocument {
  readonly title: string;
  /** The trace in lanes, as in a mail. */
  readonly text: string;
  readonly property: PropertyOutcome;
  readonly check: string;
  readonly entry: string;
}

export class Verdicts {
  private list: readonly Verdict[] = [];

  add(entry: string, outcome: CheckOutcome): void {
    const found = outcome.properties.map((property): Verdict => ({ property, outcome, entry, stale: false }));
    const isReplaced = (v: Verdict): boolean => v.entry === entry && v.outcome.check === outcome.check && found.some((f) => f.property.name === v.property.name);
    this.list = [...this.list.filter((v) => !isReplaced(v)), ...found];
  }

  /** Everything that was found for a spec before, of the checks named. */
  forget(entry: string, checks: readonly string[]): void {
    this.list = this.list.filter((v) => v.entry !== entry || !checks.includes(v.outcome.check));
  }

  markStale(isAffected: (entry: string) => boolean): boolean {
    const fresh = this.list.filter((v) => !v.stale && isAffected(v.entry));
    for (const v of fresh) v.stale = true;
    return fresh.length > 0;
  }

  all(): readonly Verdict[] {
    return this.list;
  }

  /** Verdicts of a property that is declared in a file (as messages name it), newest last. */
  of(file: string, name: string): readonly Verdict[] {
    return this.list.filter((v) => v.property.name.split('.').at(-1) === name && v.property.at?.file === file);
  }

  ofCheck(entry: string, check: string): readonly Verdict[] {
    return this.list.filter((v) => v.entry === entry && v.outcome.check === check);
  }

  trace(entry: string | undefined, name: string, check?: string): TraceDocument | undefined {
    const v = this.list.findLast((x) => (entry === undefined || x.entry === entry) && x.property.name === name && x.property.trace !== undefined && (check === undefined || x.outcome.check === check));
    if (v?.property.trace === undefined) return undefined;
    const stale = v.stale ? '(The text has changed since.)\n\n' : '';
    return { title: `${name} (${v.outcome.check})`, text: `${stale}${lanes(v.property, v.property.trace)}\n`, property: v.property, check: v.outcome.check, entry: v.entry };
  }
}

/** A verdict in a few words: `holds`, `violated after 5 steps, as expected`. */
export function verdictText({ property: p, outcome, stale }: Verdict): string {
  const after = p.verdict === 'violated' && p.trace !== undefined ? ` after ${counted(p.trace.steps.length, 'step')}` : '';
  const reason = p.verdict === 'undecided' ? ` (${p.reason ?? 'interrupted'})` : '';
  const expected = p.verdict === 'undecided' ? '' : p.verdict === p.expected ? (p.verdict === 'violated' ? ', as expected' : '') : ', not as expected';
  const upTo = p.upTo === undefined || p.upTo.length === 0 ? '' : ` up to ${p.upTo.join(', ')}`;
  return `${p.verdict}${upTo}${reason}${after}${expected} · ${outcome.check}${stale ? ' · edited since' : ''}`;
}

export const isUnexpected = ({ property: p }: Verdict): boolean => p.verdict !== 'undecided' && p.verdict !== p.expected;
