// Arrays of numbers that grow, and states that are numbered in the order in which they are found.

/** A list of 32-bit numbers. */
export class Numbers {
  length = 0;
  private items = new Int32Array(1024);

  push(value: number): void {
    if (this.length === this.items.length) {
      const larger = new Int32Array(2 * this.items.length);
      larger.set(this.items);
      this.items = larger;
    }
    this.items[this.length++] = value;
  }

  /** Of memory. */
  get bytes(): number {
    return this.items.byteLength;
  }

  at(index: number): number {
    return this.items[index]!;
  }

  toArray(): Int32Array {
    return this.items.slice(0, this.length);
  }
}

/** Packed states without duplicates, by open addressing: a slot holds 0 or the state's number plus 1. */
export class StateNumbers {
  count = 0;
  /** State n begins at n * words. */
  states: Int32Array;
  private slots = new Int32Array(1 << 12);

  constructor(private readonly words: number) {
    this.states = new Int32Array(words << 10);
  }

  /** Of memory. */
  get bytes(): number {
    return this.states.byteLength + this.slots.byteLength;
  }

  /** The number of the state that begins at `at`; a new one gets the next. */
  add(from: Int32Array, at: number): number {
    if (2 * this.count >= this.slots.length) this.enlarge();
    const mask = this.slots.length - 1;
    let slot = this.hash(from, at) & mask;
    for (let entry = this.slots[slot]!; entry !== 0; entry = this.slots[slot]!) {
      if (this.isSame(from, at, (entry - 1) * this.words)) return entry - 1;
      slot = (slot + 1) & mask;
    }
    const begin = this.count * this.words;
    if (begin + this.words > this.states.length) {
      const larger = new Int32Array(2 * this.states.length);
      larger.set(this.states);
      this.states = larger;
    }
    for (let w = 0; w < this.words; w++) this.states[begin + w] = from[at + w]!;
    this.slots[slot] = ++this.count;
    return this.count - 1;
  }

  private isSame(from: Int32Array, at: number, known: number): boolean {
    for (let w = 0; w < this.words; w++) if (from[at + w] !== this.states[known + w]) return false;
    return true;
  }

  private hash(from: Int32Array, at: number): number {
    let h = 0;
    for (let w = 0; w < this.words; w++) {
      h = Math.imul(h ^ from[at + w]!, 0x9e3779b1);
      h ^= h >>> 15;
    }
    h = Math.imul(h, 0x85ebca6b);
    return h ^ (h >>> 13);
  }

  private enlarge(): void {
    this.slots = new Int32Array(2 * this.slots.length);
    const mask = this.slots.length - 1;
    for (let n = 0; n < this.count; n++) {
      let slot = this.hash(this.states, n * this.words) & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = n + 1;
    }
  }
}
