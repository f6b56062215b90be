// Every way to run something that chooses: it is run again and again, each time with the next list of choices.

import { Erred, Waits } from './outcomes.js';

/** One of 0 … n - 1; of nothing there is nothing to choose, and the step waits. */
export type Choose = (n: number) => number;

/**
 * Calls `run` once for each list of choices; `error` takes the errors of those that err.
 *
 * @returns whether one of them comes to its end, or to an error
 */
export function everyWay(run: (choose: Choose) => void, error: (name: string) => void): boolean {
  const script: number[] = [];
  let possible = false;
  do {
    let position = 0;
    const arity: number[] = [];
    try {
      run((n) => {
        if (n === 0) throw new Waits();
        if (position === script.length) script.push(0);
        arity[position] = n;
        return script[position++]!;
      });
      possible = true;
    } catch (x) {
      if (x instanceof Erred) {
        error(x.error);
        possible = true;
      } else if (!(x instanceof Waits)) throw x;
    }
    script.length = position;
    while (script.length > 0 && script.at(-1)! + 1 >= arity[script.length - 1]!) script.pop();
    if (script.length > 0) script[script.length - 1]!++;
  } while (script.length > 0);
  return possible;
}
