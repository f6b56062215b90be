import fc from 'fast-check';
import { expect, test } from 'vitest';
import { StateStore } from '../../src/checker/store.js';

test('a state gets the number of its first appearance, whatever its words', () => {
  const word = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 0xffffffff }));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.array(word, { minLength: 5, maxLength: 5 }), { maxLength: 300 }), (words, rows) => {
      const store = new StateStore(words);
      const known = new Map<string, number>();
      for (const row of rows) {
        const state = Uint32Array.from(row.slice(0, words));
        const expected = known.get(state.join()) ?? known.size;
        known.set(state.join(), expected);
        expect(store.add(state)).toBe(expected);
      }
      expect(store.size).toBe(known.size);
      for (const [text, id] of known) expect(store.get(id).join()).toBe(text);
    }),
  );
});

test('states survive the growth of table and segments', () => {
  const store = new StateStore(2);
  const count = 100_000;
  const ids = (): number[] => Array.from({ length: count }, (_, i) => store.add(Uint32Array.of(i % 7, i)));
  const [first, second] = [ids(), ids()];
  expect(first.every((id, i) => id === i)).toBe(true);
  expect(second).toEqual(first);
  expect(store.size).toBe(count);
  expect(store.bytes).toBeGreaterThan(count * 2 * 4);
});

test('states are ordered by their words as unsigned numbers, the first word first', () => {
  const store = new StateStore(2);
  const [small, high, tail] = [store.add(Uint32Array.of(1, 9)), store.add(Uint32Array.of(0x80000000, 0)), store.add(Uint32Array.of(1, 10))];
  expect(store.compare(small, high)).toBeLessThan(0);
  expect(store.compare(high, tail)).toBeGreaterThan(0);
  expect(store.compare(small, tail)).toBeLessThan(0);
  expect(store.compare(high, high)).toBe(0);
});
