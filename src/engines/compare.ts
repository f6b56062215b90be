// Whether two engines learnt the same about a check. What one of them could not decide is not compared.

import type { CheckOutcome, PropertyOutcome } from '../checker/outcome.js';

export interface Comparison {
  /** What differs, in words; empty when nothing does. */
  readonly differences: readonly string[];
  /** Properties that both decided. */
  readonly properties: number;
  /** Both searched everything. */
  readonly counts: boolean;
}

/** Violated beats everything; that something holds is known of a complete search only. */
function decided(outcome: CheckOutcome, p: PropertyOutcome): 'holds' | 'violated' | undefined {
  if (p.verdict === 'violated') return 'violated';
  return p.verdict === 'holds' && outcome.states.complete ? 'holds' : undefined;
}

export function compareOutcomes(reference: CheckOutcome, other: CheckOutcome): Comparison {
  const differences: string[] = [];
  const counts = reference.states.complete && other.states.complete;
  const [a, b] = [reference.engine, other.engine];
  const counted = (what: 'distinct' | 'depth', name: string): void => {
    const [x, y] = [reference.states[what], other.states[what]];
    if (x !== y) differences.push(`${name}: ${x} with ${a}, ${y} with ${b}`);
  };
  if (counts) {
    counted('distinct', 'distinct states');
    counted('depth', 'depth');
  }
  let properties = 0;
  const names = new Set([...reference.properties, ...other.properties].map((p) => p.name));
  for (const name of names) {
    const [x, y] = [reference, other].map((outcome) => verdictOf(outcome, name));
    if (x === undefined || y === undefined) continue;
    properties++;
    if (x !== y) differences.push(`${name}: ${x} with ${a}, ${y} with ${b}`);
  }
  return { differences, properties, counts };
}

function verdictOf(outcome: CheckOutcome, name: string): 'holds' | 'violated' | undefined {
  const found = outcome.properties.find((p) => p.name === name);
  // An error of a step that nobody asked about is listed only where it happens.
  if (found === undefined) return outcome.states.complete ? 'holds' : undefined;
  return decided(outcome, found);
}
