// What a verifier that Spin made prints, and its trails.

export interface PanReport {
  /** Undefined when the search did not come to its end. */
  readonly stored?: number;
  readonly transitions: number;
  readonly depth: number;
  readonly memoryBytes: number;
  /** Flags of the properties that turned false, in the order of their trails. */
  readonly flags: readonly string[];
  readonly hasInvalidEnd: boolean;
  /** A run violates the temporal property. */
  readonly violatesFormula: boolean;
  /** Some ways were longer than it has room for, and not followed to their ends. */
  readonly isTooDeep: boolean;
  /** It gave up for want of memory or of room. */
  readonly isOutOfMemory: boolean;
  /** Errors that Heddle's models do not have: an index out of bounds, a block inside a step. */
  readonly strange: readonly string[];
}

/** What is no error: with several formulas, a verifier names the one that it is asked about. */
const NEWS = /^(wrote|elapsed time|rate|avg transition|reducing|ltl formula)/;

/** Collects a report line by line. */
export class PanReader {
  private stored: number | undefined;
  private transitions = 0;
  private depth = 0;
  private memoryBytes = 0;
  private readonly flags: string[] = [];
  private hasInvalidEnd = false;
  private violatesFormula = false;
  private isTooDeep = false;
  private isOutOfMemory = false;
  private isIncomplete = false;
  private readonly strange: string[] = [];

  readonly line = (line: string): void => {
    const error = /^(?:pan|error):\s*(?:\d+:)?\s*(.*)$/.exec(line);
    if (error !== null) this.error(error[1]!);
    const stored = /^\s*(\d+(?:\.\d+)?(?:e[+-]?\d+)?) states, stored/.exec(line);
    if (stored !== null) this.stored = Number(stored[1]);
    const transitions = /^\s*(\d+(?:\.\d+)?(?:e[+-]?\d+)?) transitions \(/.exec(line);
    if (transitions !== null) this.transitions = Number(transitions[1]);
    const depth = /depth reached (\d+)/.exec(line);
    if (depth !== null) this.depth = Number(depth[1]);
    const memory = /^\s*([\d.]+)\s+total actual memory usage/.exec(line);
    if (memory !== null) this.memoryBytes = Math.round(Number(memory[1]) * 2 ** 20);
    if (/Search not completed/.test(line)) this.isIncomplete = true;
  };

  private error(text: string): void {
    const assertion = /^assertion violated\s+\(?(\w+)\)?/.exec(text);
    if (assertion !== null) {
      if (!this.flags.includes(assertion[1]!)) this.flags.push(assertion[1]!);
    } else if (/^invalid end state/.test(text)) this.hasInvalidEnd = true;
    // The automaton of a formula fails an assertion of its own, or comes to its end, where no way on could satisfy the formula.
    else if (/^(?:acceptance cycle|assertion violated|claim violated)/.test(text)) this.violatesFormula = true;
    else if (/max search depth too small/.test(text)) this.isTooDeep = true;
    else if (/out of memory|reached -DMEMLIM|hash table|aborted/i.test(text)) this.isOutOfMemory = true;
    else if (!NEWS.test(text)) this.strange.push(text);
  }

  report(): PanReport {
    return {
      ...(this.stored === undefined || this.isIncomplete || this.isOutOfMemory ? {} : { stored: this.stored }),
      transitions: this.transitions,
      depth: this.depth,
      memoryBytes: this.memoryBytes,
      flags: this.flags,
      hasInvalidEnd: this.hasInvalidEnd,
      violatesFormula: this.violatesFormula,
      isTooDeep: this.isTooDeep,
      isOutOfMemory: this.isOutOfMemory,
      strange: this.strange,
    };
  }
}

/** A way: the processes that move on it. */
export interface SpinTrail {
  readonly processes: readonly number[];
  /** From this move on it repeats for ever. */
  readonly loop?: number;
}

/** The processes that move along a trail: lines `step:process:transition`, negative ones being about the run. */
export function processesOfTrail(text: string): readonly number[] {
  return text.split('\n').flatMap((line) => {
    const found = /^(\d+):(\d+):\d+/.exec(line);
    return found === null ? [] : [Number(found[2])];
  });
}

/**
 * Where a formula is looked for, its automaton is process 0 and moves before each other. The loop begins behind the line -1:-1:-1; without one
 * every way on violates the formula, and so does standing still.
 */
export function lassoOfTrail(text: string): SpinTrail {
  const [stem, loop = ''] = text.split(/^-1:-1:-1$/m);
  const own = (part: string): readonly number[] => processesOfTrail(part).flatMap((process) => (process === 0 ? [] : [process - 1]));
  return { processes: [...own(stem!), ...own(loop)], loop: own(stem!).length };
}
