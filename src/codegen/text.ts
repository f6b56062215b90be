// JavaScript under way: its functions, and what it mentions, which stands before them.

/** Generated text; plain data that crosses threads. */
export interface GeneratedText {
  /** The body of a function of two arguments, `env` (see instantiate.ts) and the constants. */
  readonly code: string;
  readonly constants: readonly unknown[];
}

/** Text under way: what it mentions comes before it. */
export class Text {
  private readonly constants: unknown[] = [];
  private readonly names = new Map<string, string>();
  private readonly functions: string[] = [];
  private readonly made = new Set<string>();
  private onces = 0;

  constant(value: unknown): string {
    const key = JSON.stringify(value);
    let name = this.names.get(key);
    if (name === undefined) {
      this.names.set(key, (name = `k${this.constants.length}`));
      this.constants.push(value);
    }
    return name;
  }

  once(): string {
    return `o${this.onces++}`;
  }

  add(lines: readonly string[]): void {
    this.functions.push(...lines);
  }

  /** Makes a function the first time that it is asked for. */
  only(name: string, make: (name: string) => readonly string[]): string {
    if (!this.made.has(name)) {
      this.made.add(name);
      this.add(make(name));
    }
    return name;
  }

  /**
   * The body of a function of `env` and `constants`.
   *
   * @param given the names of what `env` gives
   */
  around(given: readonly string[], lines: readonly string[]): GeneratedText {
    const own = `${[...this.functions, ...lines].join('\n')}\n`;
    const names = given.filter((name) => own.includes(name));
    const head = [
      "'use strict';",
      ...(names.length === 0 ? [] : [`const { ${names.join(', ')} } = env;`]),
      ...this.constants.map((_, i) => `const k${i} = constants[${i}];`),
      ...(this.onces === 0 ? [] : [`let ${Array.from({ length: this.onces }, (_, i) => `o${i} = 0`).join(', ')};`]),
    ];
    return { code: `${head.join('\n')}\n${own}`, constants: this.constants };
  }
}
