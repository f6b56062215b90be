import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareStates, StateSpace, type Cursor } from '../../src/checker/space.js';

const PLENTY = 2 ** 30;

/** Inserts states one after the other, growing as the explorer does; gives the ids of the new ones. */
function insert(space: StateSpace, cursor: Cursor, rows: readonly (readonly number[])[]): (number | undefined)[] {
  return rows.map((row) => {
    while (!space.statesHold(cursor, 1)) expect(space.growStates(PLENTY)).toBe(true);
    while (!space.tableHolds(cursor.count + 1, cursor, 1)) {
      expect(space.growTable(PLENTY, cursor.count)).toBe(true);
      space.rehash(0, [cursor.count]);
    }
    const { next, count } = cursor;
    space.insert(Int32Array.from(row), space.words, cursor);
    return cursor.count > count ? next : undefined;
  });
}

test('a state is new once, and found again whatever its words', () => {
  const word = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 0xffffffff }).map((n) => n | 0));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.array(word, { minLength: 5, maxLength: 5 }), { maxLength: 300 }), (words, rows) => {
      const space = StateSpace.create(words, 1);
      const cursor = space.cursor(0);
      const known = new Map<string, number>();
      for (const row of rows.map((r) => r.slice(0, words))) {
        expect(space.find(row)).toBe(known.get(row.join()) ?? -1);
        const [id] = insert(space, cursor, [row]);
        expect(id).toBe(known.has(row.join()) ? undefined : known.size);
        if (id !== undefined) known.set(row.join(), id);
      }
      expect(cursor.count).toBe(known.size);
      for (const [text, id] of known) expect(space.copy(id).join()).toBe(text);
    }),
  );
});

test('states survive the growth of the table and of the room for states', () => {
  const space = StateSpace.create(2, 1);
  const cursor = space.cursor(0);
  const rows = Array.from({ length: 200_000 }, (_, i) => [i % 7, i]);
  expect(insert(space, cursor, rows).every((id, i) => id === i)).toBe(true);
  expect(insert(space, cursor, rows).every((id) => id === undefined)).toBe(true);
  expect(cursor.count).toBe(rows.length);
  expect(space.bytes(cursor.count)).toBeGreaterThan(rows.length * 2 * 4);
});

test('each worker writes to chunks of its own, and finds what the others wrote', () => {
  const first = StateSpace.create(1, 3);
  const second = new StateSpace(first.handle);
  const [a, b] = [first.cursor(0), second.cursor(2)];
  const rows = Array.from({ length: 1500 }, (_, i) => [i]);
  const ids = insert(first, a, rows);
  expect(insert(second, b, [[7], [9999]])).toEqual([undefined, 2 * 1024]);
  expect(ids[1023]).toBe(1023);
  expect(ids[1024]).toBe(3 * 1024);
  expect([...first.pieces(0, 1000, 1500, 1024)]).toEqual([{ from: 1000, to: 1024 }, { from: 3 * 1024, to: 3 * 1024 + 476 }]);
  expect(first.find([9999])).toBe(2 * 1024);
});

test('what does not fit into the memory allowed is refused', () => {
  const space = StateSpace.create(2, 1);
  expect(space.growStates(1000)).toBe(false);
  expect(space.growTable(100_000, 1000)).toBe(false);
});

test('states are ordered by their words as unsigned numbers, the first word first', () => {
  const [small, high, tail] = [Int32Array.of(1, 9), Int32Array.of(0x80000000, 0), Int32Array.of(1, 10)];
  const compare = (a: Int32Array, b: Int32Array): number => compareStates(a, 0, b, 0, 2);
  expect(compare(small, high)).toBeLessThan(0);
  expect(compare(high, tail)).toBeGreaterThan(0);
  expect(compare(small, tail)).toBeLessThan(0);
  expect(compare(high, high)).toBe(0);
});

test('a worker gives one id after the other, chunk by chunk', () => {
  for (const workers of [1, 3]) {
    const space = StateSpace.create(1, workers);
    for (let worker = 0; worker < workers; worker++)
      for (let local = 0, id = space.idOf(worker, 0); local < 3000; local++, id = space.idAfter(id)) expect(id).toBe(space.idOf(worker, local));
  }
});
