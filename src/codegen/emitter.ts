// Lines of JavaScript under way. Expressions are compiled to text that has no effects and may be evaluated later; what must happen in
// order (checks, loops, marks of coverage) goes to the emitter as statements.

/** How variables are named that hold the locals of a process. */
const LOCAL = /^x\d+_/;

export class Emitter {
  readonly lines: string[] = [];

  constructor(private readonly names: { next: number } = { next: 0 }) {}

  line(text: string): void {
    this.lines.push(text);
  }

  fresh(prefix: string): string {
    return `${prefix}${this.names.next++}`;
  }

  /** The value under a name, so that it is computed once and now. Literals stay as they are, and names, but for locals: they change. */
  hold(js: string, prefix = 't'): string {
    if (/^-?\w+$/.test(js) && !LOCAL.test(js)) return js;
    const name = this.fresh(prefix);
    this.line(`const ${name} = ${js};`);
    return name;
  }

  /** An emitter for a block inside this one. */
  child(): Emitter {
    return new Emitter(this.names);
  }

  /** `head { lines of the block }`. */
  block(head: string, body: Emitter, tail = ''): void {
    this.line(`${head} {`);
    for (const line of body.lines) this.line(line);
    this.line(`}${tail}`);
  }
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
