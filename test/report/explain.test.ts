// The pages of the catalogue.
import { expect, test } from 'vitest';
import { catalogueMarkdown, codes, explainPage, nearCodes, unknownCode } from '../../src/report/explain.js';

test('every code has a page that says more than its name', () => {
  for (const code of codes) {
    expect(code).toMatch(/^[a-z]+\/[a-z0-9-]+$/);
    expect(explainPage(code)!.length).toBeGreaterThan(code.length + 40);
  }
});

test('an unknown code suggests near ones', () => {
  expect(explainPage('parse/unexpcted')).toBeUndefined();
  expect(explainPage('toString')).toBeUndefined();
  expect(nearCodes('parse/unexpcted')[0]).toBe('parse/unexpected');
  expect(nearCodes('error[parse/unexpected]')[0]).toBe('parse/unexpected');
  expect(nearCodes('zzzzzzzzzzzz')).toEqual([]);
  expect(unknownCode('unexpected')).toContain('`parse/unexpected`');
});

test('the whole catalogue has a heading and a link for each code', () => {
  const text = catalogueMarkdown();
  for (const code of codes) {
    expect(text).toContain(`\n### ${code}\n`);
    expect(text).toContain(`](#${code.replace('/', '')})`);
  }
});
