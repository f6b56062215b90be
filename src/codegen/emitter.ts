// Lines of JavaScript under way. Expressions are compiled to text that has no effects and may be evaluated later; what must happen in
// order (checks, loops, marks of coverage) goes to the emitter as statements.

/** How variables are named that hold the locals of a process where paths join. */
const LOCAL = /^x\d+_/;

/** Text whose value may change from one line to the next: the state under way, variables of paths that join. */
const CHANGES = /\bO\b|\bnext\d|\bx\d+_|\bri?\b|antecedents/;

export class Emitter {
  readonly lines: string[] = [];
  /** Conditions over what does not change, whose value is known from here on. */
  private readonly facts = new Map<string, boolean>();

  constructor(
    private readonly names: { next: number } = { next: 0 },
    private readonly around?: Emitter,
  ) {}

  line(text: string): void {
    this.lines.push(text);
  }

  fresh(prefix: string): string {
    return `${prefix}${this.names.next++}`;
  }

  /** The value under a name, so that it is computed once and now. Literals stay as they are, and names, but for those that change. */
  hold(js: string, prefix = 't'): string {
    if (/^-?\w+$/.test(js) && !LOCAL.test(js)) return js;
    const name = this.fresh(prefix);
    this.line(`const ${name} = ${js};`);
    return name;
  }

  /** `if (condition) statement`, which leaves; nothing where the condition is known to be false. */
  leave(condition: string, statement: string): void {
    const known = this.decided(condition);
    if (known === false) return;
    this.line(known === true ? statement : `if (${condition}) ${statement}`);
    this.learn(condition, false);
  }

  /** From here on the condition has that value, unless it is about something that changes. */
  learn(condition: string, value: boolean): void {
    const { bare, negated } = bareOf(condition);
    if (!CHANGES.test(bare)) this.facts.set(bare, value !== negated);
  }

  /** The value of the condition, as far as it is known when the code is made. */
  decided(condition: string): boolean | undefined {
    if (condition === 'true' || condition === 'false') return condition === 'true';
    const { bare, negated } = bareOf(condition);
    const equation = /^(-?\d+) === (-?\d+)$/.exec(bare);
    const value = equation === null ? this.found(bare) : equation[1] === equation[2];
    return value === undefined ? undefined : value !== negated;
  }

  private found(bare: string): boolean | undefined {
    return this.facts.get(bare) ?? this.around?.found(bare);
  }

  /** An emitter for a block inside this one. */
  child(): Emitter {
    return new Emitter(this.names, this);
  }

  /** `head { lines of the block }`. */
  block(head: string, body: Emitter, tail = ''): void {
    // As one: to hand lines on from block to block took a while.
    this.line(body.lines.length === 0 ? `${head} {\n}${tail}` : `${head} {\n${body.lines.join('\n')}\n}${tail}`);
  }
}

/** A condition without what stands around it: parentheses and negations. */
function bareOf(condition: string): { readonly bare: string; readonly negated: boolean } {
  let bare = condition;
  let negated = false;
  for (;;) {
    const not = bare.startsWith('!(');
    if (!(not || bare.startsWith('(')) || !closesAtEnd(bare, not ? 1 : 0)) return { bare, negated };
    bare = bare.slice(not ? 2 : 1, -1);
    negated = negated !== not;
  }
}

/** The parenthesis that opens there is closed by the last character. */
export function closesAtEnd(js: string, open: number): boolean {
  let depth = 0;
  for (let i = open; i < js.length; i++) {
    if (js[i] === '(') depth++;
    else if (js[i] === ')' && --depth === 0) return i === js.length - 1;
  }
  return false;
}

/** The code as people read it. To indent lines as they are made, block by block, would take a good part of the time of making them. */
export function indented(code: string): string {
  let depth = 0;
  return code
    .split('\n')
    .map((text) => {
      const line = text.trimStart();
      if (line.startsWith('}')) depth--;
      const shown = line === '' ? '' : '  '.repeat(depth) + line;
      if (/\{( \/\/ .*)?$/.test(line)) depth++;
      return shown;
    })
    .join('\n');
}
