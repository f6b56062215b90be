// A chapter of the language as facts: the name says what is so, the spec shows it. Each is checked with generated code and with the interpreter.

import { describe, expect, test } from 'vitest';
import { runText, shownBy, wanted, type Shown } from '../support/shown-by.js';

export type Fact = readonly [name: string, spec: string, shows: Shown];

export function facts(chapter: string, list: readonly Fact[]): void {
  describe(chapter, () => {
    test.each(list)('%s', (_, spec, shows) => {
      const check = /^check (\w+)/m.exec(spec)?.[1];
      expect(shownBy(runText(spec, check), shows)).toEqual(wanted(shows));
      expect(shownBy(runText(spec, check, 'interpreter'), shows)).toEqual(wanted(shows));
    });
  });
}
