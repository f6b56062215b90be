// `expect` lines are written into the text of a spec, and nothing else in it changes.
import { describe, expect, test } from 'vitest';
import { analyse } from '../../src/analysis/analyse.js';
import { edited, expectEdits, type CameOut } from '../../src/analysis/expectations.js';
import { parse } from '../../src/parser/parse.js';

const HEAD = 'const N: 1..3 = 1\nvar x: 0..3 = 0\nprocess p { x := N }\n\n/// Small.\ninvariant Small = x <= 1 // one\ninvariant Low = x <= 2\n';

function written(text: string, ...cameOut: readonly (readonly [check: string, property: string, verdict: CameOut['verdict']])[]): string {
  const source = { path: 'a.heddle', text };
  const list = cameOut.map(([check, property, verdict]) => ({ check, property, verdict }));
  const result = edited(text, expectEdits(source, parse(source).file, list));
  const { checks, diagnostics } = analyse({ entry: { path: 'a.heddle', text: result }, loader: { load: () => undefined, known: () => [] } });
  expect(diagnostics).toEqual([]);
  for (const { check, property, verdict } of list) expect(checks.find((c) => c.name === check)!.expected.get(property) ?? 'holds').toBe(verdict);
  return result;
}

describe('a spec without a check block', () => {
  test('gets its lines at the end', () => {
    expect(written(HEAD, ['default', 'Small', 'violated'], ['default', 'deadlock', 'violated'])).toBe(`${HEAD}\nexpect Small violated\nexpect deadlock violated\n`);
    expect(written(HEAD.trimEnd(), ['default', 'Small', 'violated'])).toBe(`${HEAD}\nexpect Small violated\n`);
  });

  test('gets further lines below those it has, remarks and all', () => {
    const text = `${HEAD}expect Low violated // known\n\n// the end\n`;
    expect(written(text, ['default', 'Small', 'violated'])).toBe(`${HEAD}expect Low violated // known\nexpect Small violated\n\n// the end\n`);
  });

  test('loses a line that says too much, or has it changed where a remark stands beside it', () => {
    expect(written(`${HEAD}expect Low violated\n// the end\n`, ['default', 'Low', 'holds'])).toBe(`${HEAD}// the end\n`);
    expect(written(`${HEAD}expect Low violated // known\n`, ['default', 'Low', 'holds'])).toBe(`${HEAD}expect Low holds // known\n`);
  });
});

describe('a check block', () => {
  test('gets a line below its last one, indented alike', () => {
    const text = `${HEAD}check few {\n    N = 2 // two\n\n    // a remark\n}\ncheck many { N = 3 }\n`;
    expect(written(text, ['few', 'Small', 'violated'])).toBe(`${HEAD}check few {\n    N = 2 // two\n    expect Small violated\n\n    // a remark\n}\ncheck many { N = 3 }\n`);
  });

  test('on one line stays on one line', () => {
    const text = `${HEAD}check few { N = 2 }\ncheck many manual { N = 3  expect Small holds }\n`;
    expect(written(text, ['few', 'Small', 'violated'], ['many', 'Small', 'violated'], ['many', 'Low', 'violated'])).toBe(
      `${HEAD}check few { N = 2  expect Small violated }\ncheck many manual { N = 3  expect Small violated  expect Low violated }\n`,
    );
  });

  test('that is closed behind its last item stays so', () => {
    expect(written(`${HEAD}check few {\n  N = 2 }\n`, ['few', 'Low', 'violated'])).toBe(`${HEAD}check few {\n  N = 2  expect Low violated }\n`);
  });

  test('without an item gets its first', () => {
    expect(written(`${HEAD}check few {}\ncheck many {\n  // none\n}\n`, ['few', 'Low', 'violated'], ['many', 'Low', 'violated'])).toBe(
      `${HEAD}check few { expect Low violated }\ncheck many {\n  expect Low violated\n  // none\n}\n`,
    );
  });

  test('overrides what the file expects, and leaves that as it is', () => {
    const text = `${HEAD}expect Low violated\ncheck few { N = 2 }\ncheck many { N = 3 }\n`;
    expect(written(text, ['few', 'Low', 'holds'])).toBe(`${HEAD}expect Low violated\ncheck few { N = 2  expect Low holds }\ncheck many { N = 3 }\n`);
    const both = `${HEAD}expect Low violated\ncheck few {\n  expect Low violated\n}\n`;
    expect(written(both, ['few', 'Low', 'holds'])).toBe(`${HEAD}expect Low violated\ncheck few {\n  expect Low holds\n}\n`);
  });

  test('keeps line breaks of another system', () => {
    const text = `${HEAD}check few {\n  N = 2\n  expect Low violated\n}\n`.replaceAll('\n', '\r\n');
    expect(written(text, ['few', 'Small', 'violated'], ['few', 'Low', 'holds'])).toBe(`${HEAD}check few {\n  N = 2\n  expect Small violated\n}\n`.replaceAll('\n', '\r\n'));
  });
});
