// Definitions of two revisions compared: what each change of a property is reported as.

import { describe, expect, test } from 'vitest';
import { compile } from '../../src/compile.js';
import { compareDefinitions } from '../../src/diff/definition/definitions.js';
import type { Side } from '../../src/diff/definition/small-world.js';
import type { Definition } from '../../src/diff/result.js';

const WORLD = `
enum State { READY, BUSY, FREED }
type Slot = 0..1
pool Cb[2] { state: State = READY  refcnt: 0..3 = 1 }
var x: 0..3 = 0
var y: 0..3 = 0
var flag: bool = false
var slot: [Slot -> Cb?] = null
var wide: [0..7 -> 0..15] = 0
process p(i in 0..1) {
  var mine: 0..2 = 0
  loop {
    idle: x := 1
    busy: y := 1
    mine := 1
    last: atomic { slot[0] := null  slot[1] := null  flag := true  wide[0] := mine }
  }
}
process maker { var t: Cb?  t := new? Cb  slot[0] := t  fin: skip }
`;

function side(name: string, properties: string, world = WORLD): Side {
  const source = { path: `${name}.heddle`, text: world + properties };
  const { analysis, model, diagnostics } = compile({ entry: source, loader: { load: () => undefined } });
  if (model === undefined || analysis.program === undefined) throw new Error(diagnostics.map((d) => `${d.code}: ${d.message}`).join('\n'));
  return { name, program: analysis.program, model, files: analysis.files };
}

const compared = (before: string, after: string): ReadonlyMap<string, Definition> => compareDefinitions(side('old', before), side('new', after));

/** The definition of I, in each of the two. */
const invariant = (before: string, after: string): Definition => compared(`invariant I = ${before}\n`, `invariant I = ${after}\n`).get('I')!;

describe('the same definition', () => {
  const cases: readonly (readonly [why: string, before: string, after: string])[] = [
    ['written alike', 'x <= 2 && y <= 2', 'x <= 2 && y <= 2'],
    ['operands of a commutative operator in another order', 'x <= 2 && y <= 2 && flag', 'flag && (y <= 2 && x <= 2)'],
    ['a bound name renamed', 'forall a in Slot: slot[a] != null => x == a', 'forall b in Slot: slot[b] != null => x == b'],
    ['constants folded', 'x <= 1 + 1', 'x <= 2'],
    ['an implication as a disjunction', 'x == 1 => y == 1', '!(x == 1) || y == 1'],
    ['a comparison turned round', 'x < y', 'y > x'],
    ['a negation pushed inward', '!(x < y || flag)', 'x >= y && !flag'],
    ['a quantifier by its dual', '!(exists s in Slot: slot[s] == null)', 'forall s in Slot: slot[s] != null'],
    ['an equivalence turned round', 'flag <=> x == 1', '!flag <=> x != 1'],
    ['a sum in another order', 'x + y <= 3', 'y + x <= 3'],
  ];
  test.each(cases)('%s', (_, before, after) => {
    const found = invariant(before, after);
    expect(found.kind).toBe('same');
    expect(found.tried).toBeUndefined();
  });

  test('another form with equal values is decided by trying all of them', () => {
    const found = invariant('x in {0, 1}', 'x < 2');
    expect(found).toMatchObject({ kind: 'same', tried: 4, before: 'x in {0, 1}', after: 'x < 2' });
    expect(found.sampled).toBeUndefined();
  });

  test('what stands before a step and after it is kept apart', () => {
    expect(compared("step invariant I = x' >= x\n", "step invariant I = !(x' < x)\n").get('I')).toMatchObject({ kind: 'same' });
    expect(compared("step invariant I = x' >= x\n", "step invariant I = x' > x || x == x'\n").get('I')).toMatchObject({ kind: 'same', tried: 16 });
    expect(compared("step invariant I = x' >= x\n", "step invariant I = x >= x'\n").get('I')).toMatchObject({ kind: 'changed', nowAllowed: { x: '1', "x'": '0' } });
  });

  test('too many values are sampled, and it is said so', () => {
    const found = invariant('forall k in 0..7: wide[k] <= 14', '!(exists k in 0..7: wide[k] in {15})');
    expect(found).toMatchObject({ kind: 'same', sampled: true });
  });
});

describe('another definition', () => {
  test('a lost consequent is weakened, with a state that is now allowed', () => {
    const found = invariant('x == 1 => y == 1 && flag', 'x == 1 => y == 1');
    expect(found).toEqual({ kind: 'weakened', tried: 32, nowAllowed: { x: '1', y: '1', flag: 'false' }, before: 'x == 1 => y == 1 && flag', after: 'x == 1 => y == 1' });
  });

  test('an antecedent left alone is changed, and what it now allows is shown', () => {
    const found = invariant('x == 1 => y == 1', 'x == 1');
    expect(found).toMatchObject({ kind: 'changed', nowAllowed: { x: '1', y: '0' }, nowForbidden: { x: '0' } });
  });

  test('a conjunct more is strengthened', () => {
    expect(invariant('x <= 2', 'x <= 2 && y <= 2')).toMatchObject({ kind: 'strengthened', nowForbidden: { x: '0', y: '3' } });
  });

  test('a quantifier over fewer is weakened', () => {
    expect(invariant('forall s in Slot: slot[s] == null', 'forall s in {0}: slot[s] == null')).toMatchObject({ kind: 'weakened', nowAllowed: { 'slot[0]': 'null', 'slot[1]': 'cb#0' } });
  });

  test('a difference among very many values is found by samples', () => {
    expect(invariant('forall a, b in 0..7: a != b && wide[a] == wide[b] => wide[a] == 0', 'forall a, b in 0..7: a != b && wide[a] == wide[b] => wide[a] <= 1')).toMatchObject({ kind: 'weakened', sampled: true });
  });

  test('objects are looked into, freed ones too', () => {
    expect(invariant('forall c in Cb: c.state == BUSY => c.refcnt > 0', 'forall c in Cb: c.state == BUSY => c.refcnt > 1')).toMatchObject({
      kind: 'strengthened',
      nowForbidden: { 'cb#0': 'freed', 'cb#1.state': 'BUSY', 'cb#1.refcnt': '1' },
    });
    expect(invariant('slot[0] != null && alive(slot[0]) => slot[0].refcnt > 0', 'slot[0] != null => slot[0].refcnt > 0')).toMatchObject({ kind: 'strengthened', nowForbidden: { 'slot[0]': 'cb#0', 'cb#0': 'freed' } });
  });

  test('an order that keeps from an error is no matter of taste', () => {
    expect(invariant('slot[0] == null || x == 1 || slot[0].refcnt == 0', 'slot[0] == null || slot[0].refcnt == 0 || x == 1').kind).toBe('strengthened');
    expect(invariant('x == 1 || slot[0] == null || slot[0].refcnt == 0', 'slot[0] == null || x == 1 || slot[0].refcnt == 0').kind).toBe('same');
  });

  test('where a process stands is a value like others', () => {
    const found = invariant('!(at(p[0], busy) && at(p[1], busy))', '!(at(p[0], busy) && at(p[1], busy) && x == 1)');
    expect(found).toMatchObject({ kind: 'weakened', nowAllowed: { 'p[0]': 'at busy', 'p[1]': 'at busy', x: '0' } });
    expect(invariant('forall i in 0..1: p[i].mine <= 1', 'forall i in 0..1: p[i].mine <= 2')).toMatchObject({ kind: 'weakened', nowAllowed: { 'p[0].mine': '0', 'p[1].mine': '2' } });
    expect(invariant('done(maker) => x == 1', 'at(maker, fin) || done(maker) => x == 1')).toMatchObject({ kind: 'strengthened', nowForbidden: { maker: 'at fin', x: '0' } });
  });

  test('what only one revision has is changed, and it is said what', () => {
    const other = WORLD.replace('var flag: bool = false', 'var flag: bool = false\nvar more: bool = false').replace('x := 1', 'more := true');
    const found = compareDefinitions(side('old', 'invariant I = x <= 2\n'), side('new', 'invariant I = x <= 2 || more\n', other)).get('I');
    expect(found).toMatchObject({ kind: 'changed', note: 'old has no `more`' });
    const wider = WORLD.replace('var x: 0..3', 'var x: 0..7');
    expect(compareDefinitions(side('old', 'invariant I = x <= 2\n'), side('new', 'invariant I = x <= 3\n', wider)).get('I')).toMatchObject({ kind: 'changed', note: '`x` has another type in new' });
    expect(invariant('at(p[0], idle)', 'at(p[0], busy)').kind).toBe('changed');
  });

  test('a definition that uses another one is compared with it', () => {
    const found = compared('def low(): bool = x <= 1\ninvariant I = low()\n', 'def low(): bool = x <= 2\ninvariant I = low()\n').get('I');
    expect(found).toMatchObject({ kind: 'weakened', note: 'what it uses is defined otherwise', nowAllowed: { x: '2' } });
  });

  test('written alike for other bounds it is the same, unless something that it uses is not', () => {
    const larger = WORLD.replaceAll('0..1', '0..2');
    const text = 'def low(): bool = x <= 1\ninvariant I = forall s in Slot: slot[s] == null || low()\n';
    expect(compareDefinitions(side('old', text), side('new', text, larger)).get('I')).toEqual({ kind: 'same' });
    expect(compareDefinitions(side('old', text), side('new', text.replace('x <= 1', 'x <= 2'), larger)).get('I')).toMatchObject({ kind: 'changed', note: '`slot` has another type in new' });
  });

  test('an invariant that became a step invariant is changed', () => {
    expect(compared('invariant I = x <= 2\n', 'step invariant I = x <= 2\n').get('I')).toMatchObject({ kind: 'changed' });
  });
});

describe('names', () => {
  test('an invariant under another name is renamed', () => {
    const found = compared('invariant Old = x <= 2 && y <= 2\ninvariant Other = flag\n', 'invariant Other = flag\ninvariant New = y <= 2 && x <= 2\n');
    expect(Object.fromEntries(found)).toMatchObject({ New: { kind: 'same', renamedFrom: 'Old' }, Other: { kind: 'same' } });
    expect(found.has('Old')).toBe(false);
  });

  test('invariants dropped and added are said so, and reordering them is nothing', () => {
    const found = compared('invariant A = x <= 2\ninvariant B = flag\n', 'invariant C = y <= 1\ninvariant A = x <= 2\n');
    expect(Object.fromEntries(found)).toEqual({ A: { kind: 'same' }, B: { kind: 'removed' }, C: { kind: 'added' } });
  });
});

describe('temporal formulas', () => {
  const temporal = (before: string, after: string): Definition => compared(`property P = ${before}\n`, `property P = ${after}\n`).get('P')!;

  test('the same shape is compared through its conditions', () => {
    expect(temporal('always eventually (x == 1)', 'always eventually (x in {1})').kind).toBe('same');
    expect(temporal('always eventually (x == 1)', 'always eventually (x <= 1)').kind).toBe('weakened');
    expect(temporal('x == 1 ~> y == 1', 'x <= 1 ~> y == 1').kind).toBe('strengthened');
    expect(temporal('forall i in 0..1: at(p[i], idle) ~> at(p[i], busy)', 'forall j in 0..1: at(p[j], idle) && flag ~> at(p[j], busy)').kind).toBe('weakened');
  });

  test('another shape is changed', () => {
    expect(temporal('always eventually (x == 1)', 'eventually always (x == 1)').kind).toBe('changed');
  });
});
