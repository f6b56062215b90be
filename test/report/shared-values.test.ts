// Equal values are written once, and nothing is lost by it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shareValues, unshareValues } from '../../src/report/html/shared-values.js';

/** Values of few kinds, so that many are equal, and with texts that look like references. */
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.constantFrom<unknown>(null, true, 0, 1234567890, '', '~', '~0', '~~1', 'bpf_timer_start', 'slot[0]', '</script>'),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('a', 'b', '~0', '$'), tie('value'), { maxKeys: 3 }),
  ),
}));

test('what was shared is the same again, also from its text', () => {
  fc.assert(
    fc.property(value, (v) => {
      const text = JSON.stringify(shareValues(v));
      expect(unshareValues(JSON.parse(text) as ReturnType<typeof shareValues>)).toEqual(v);
    }),
    { numRuns: 2000 },
  );
});

test('a value that occurs often is written once', () => {
  const place = { process: 'task[0]', step: 'bpf_timer_start:41', calls: ['run_program', 'bpf_timer_start'] };
  const once = JSON.stringify(shareValues([place])).length;
  expect(JSON.stringify(shareValues(Array.from({ length: 100 }, () => ({ ...place })))).length).toBeLessThan(once + 100 * 6);
});

test('what undefined stands at is left out', () => {
  expect(unshareValues(shareValues({ a: undefined, b: 1 }))).toEqual({ b: 1 });
});
