// What TLC prints with `-tool`: messages between marks, each with its number.

export interface TlcReport {
  /** Undefined when the search did not come to its end. */
  readonly counts?: { readonly generated: number; readonly distinct: number; readonly depth: number };
  /** Of what is violated: the operator of an invariant or action property, or deadlock, or some temporal property. */
  readonly violated?: { readonly what: 'invariant' | 'property'; readonly name: string } | { readonly what: 'deadlock' | 'temporal' };
  /** The actions of the trace with their arguments, `wait(0)`, without the initial state; empty where the initial state violates. */
  readonly actions: readonly string[];
  /** The trace leads back to this state of it (0: the initial one), or stays in its last. */
  readonly loopStart?: number;
  readonly version?: string;
  /** Errors that are no violations. */
  readonly errors: readonly string[];
}

const START = /^@!@!@STARTMSG (\d+)(?::(\d+))? @!@!@$/;
const END = /^@!@!@ENDMSG \d+ @!@!@$/;

/** Violations and what belongs to them; every other message of class 1 is an error. */
const VIOLATIONS = new Set([2107, 2108, 2110, 2112, 2114, 2116, 2121, 2230, 2264]);

export class TlcReader {
  private message: { readonly code: number; readonly kind: number; readonly lines: string[] } | undefined;
  private violated: TlcReport['violated'];
  private readonly actions: string[] = [];
  private states = 0;
  private loopStart: number | undefined;
  private counted: { generated: number; distinct: number } | undefined;
  private depth = 0;
  private isFinished = false;
  private version: string | undefined;
  private readonly errors: string[] = [];

  readonly line = (line: string): void => {
    const start = START.exec(line);
    if (start !== null) this.message = { code: Number(start[1]), kind: Number(start[2] ?? 0), lines: [] };
    else if (END.test(line)) {
      if (this.message !== undefined) this.take(this.message.code, this.message.kind, this.message.lines.join('\n'));
      this.message = undefined;
    } else this.message?.lines.push(line);
    if (/^\*\*\*.*Error|^Error: |^Encountered |^java\.lang\.\w*Error|^Exception in thread/.test(line)) this.errors.push(line.trim());
  };

  private take(code: number, kind: number, text: string): void {
    const first = text.split('\n')[0] ?? '';
    if (code === 2262) this.version = /Version (\S+)/.exec(first)?.[1];
    else if (code === 2193) this.isFinished = true;
    else if (code === 2199) this.counts(first);
    else if (code === 2194) this.depth = Number(/is (\d+)/.exec(first)?.[1] ?? 0);
    else if (code === 2217 || code === 2218) this.state(first);
    else if (code === 2122) this.back(first);
    else if (code === 2114) this.violated ??= { what: 'deadlock' };
    else if (code === 2116) this.violated ??= { what: 'temporal' };
    else if (code === 2107 || code === 2110) this.named('invariant', first);
    else if (code === 2108 || code === 2112) this.named('property', first);
    // A constant, which TLC tells before it searches.
    else if (code === 2230) this.violated ??= { what: 'invariant', name: /of (\w+) is equal to FALSE/.exec(first)?.[1] ?? '' };
    else if (kind === 1 && !VIOLATIONS.has(code)) this.errors.push(text.replace(/\s+/g, ' ').slice(0, 300));
  }

  private named(what: 'invariant' | 'property', text: string): void {
    // Of a conjunction of state and temporal formulas it is a place in the module.
    const name = /(?:Invariant|[Pp]roperty) (.+?) is violated/.exec(text)?.[1];
    if (name !== undefined) this.violated ??= { what, name };
  }

  private counts(text: string): void {
    const found = /^([\d,]+) states generated, ([\d,]+) distinct/.exec(text);
    if (found !== null) this.counted = { generated: Number(found[1]!.replaceAll(',', '')), distinct: Number(found[2]!.replaceAll(',', '')) };
  }

  /** `3: <wait(0) line 44, col 3 …>`, `1: <Initial predicate>`, `4: Stuttering`. */
  private state(text: string): void {
    if (/^\d+: Stuttering/.test(text)) {
      this.loopStart = this.states - 1;
      return;
    }
    this.states++;
    if (this.states > 1) this.action(text);
  }

  /** `3: Back to state: <wait(0) line 44, col 3 …>`: the step from the last state to the third. */
  private back(text: string): void {
    this.loopStart = Number(/^(\d+)/.exec(text)?.[1] ?? 1) - 1;
    this.action(text);
  }

  private action(text: string): void {
    const action = /^\d+: .*?<(\w+(?:\([^()]*\))?)/.exec(text)?.[1];
    if (action !== undefined) this.actions.push(action);
  }

  report(): TlcReport {
    return {
      ...(this.counted !== undefined && this.isFinished ? { counts: { ...this.counted, depth: this.depth } } : {}),
      ...(this.violated === undefined ? {} : { violated: this.violated }),
      actions: this.actions,
      ...(this.loopStart === undefined ? {} : { loopStart: this.loopStart }),
      ...(this.version === undefined ? {} : { version: this.version }),
      errors: this.errors,
    };
  }
}
