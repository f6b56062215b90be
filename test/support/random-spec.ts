// Small well-typed specs at random, as text: two or three processes over shared variables, every kind of statement, some procedures,
// a pool. They are made to go wrong now and then: values leave their ranges, processes wait for ever, objects are used after they
// were freed. fast-check shrinks the choices.

import fc from 'fast-check';

/** A stream of choices; everything random about a spec comes from it. */
class Choices {
  private at = 0;
  constructor(private readonly numbers: readonly number[]) {}
  below(n: number): number {
    const value = this.numbers[this.at % this.numbers.length] ?? 0;
    this.at += 1;
    return (value + this.at * 7) % n;
  }
  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)]!;
  }
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }
}

interface Context {
  readonly choices: Choices;
  readonly pool: boolean;
  /** Names of locals in reach, by type. */
  readonly numbers: readonly string[];
  readonly refs: readonly string[];
  readonly depth: number;
  readonly inLoop: boolean;
  readonly inAtomic: boolean;
  readonly inProcedure: boolean;
  readonly process: boolean;
  readonly fresh: { label: number; bound: number };
}

const SHARED = ['x', 'y'];

function number(c: Context, depth = 0): string {
  const { choices } = c;
  const leaf = depth > 1 || choices.chance(60);
  if (leaf) {
    const kind = choices.below(5);
    if (kind === 0) return String(choices.below(3));
    if (kind === 1) return choices.pick(SHARED);
    if (kind === 2) return `m[${index(c)}]`;
    if (kind === 3 && c.numbers.length > 0) return choices.pick(c.numbers);
    return c.process ? 'i' : '1';
  }
  const sub = (): string => number(c, depth + 1);
  switch (choices.below(7)) {
    case 0:
      return `(${sub()} + ${sub()})`;
    case 1:
      return `(${sub()} - ${sub()})`;
    case 2:
      return `(${sub()} % 2)`;
    case 3:
      return `(if ${condition(c, depth + 1)} then ${sub()} else ${sub()})`;
    case 4:
      return `(count k in 0..1: m[k] > ${sub()})`;
    case 5:
      return 'r.a';
    default:
      return 'len(q)';
  }
}

/** A key of `m`, most often a good one. */
function index(c: Context): string {
  const kind = c.choices.below(8);
  if (kind < 3) return c.process ? 'i' : '0';
  if (kind < 6) return String(c.choices.below(2));
  return kind === 6 ? '1 - y % 2' : 'x';
}

function condition(c: Context, depth = 0): string {
  const { choices } = c;
  const sub = (): string => condition(c, depth + 1);
  const kind = choices.below(depth > 1 ? 4 : 10);
  switch (kind) {
    case 0:
      return `${number(c, 1)} ${choices.pick(['==', '!=', '<', '<=', '>', '>='])} ${number(c, 1)}`;
    case 1:
      return 'b';
    case 2:
      return `${number(c, 1)} in s`;
    case 3:
      return c.pool && c.refs.length > 0 && choices.chance(60) ? `${choices.pick(c.refs)} != null` : `e == ${choices.pick(['RED', 'GREEN', 'BLUE'])}`;
    case 4:
      return `(${sub()} && ${sub()})`;
    case 5:
      return `(${sub()} || ${sub()})`;
    case 6:
      return `!(${sub()})`;
    case 7:
      return `(exists k in 0..1: m[k] == ${number(c, 1)})`;
    case 8:
      return `(forall k in s: k <= ${number(c, 1)})`;
    default:
      return `(${sub()} => ${sub()})`;
  }
}

/** What can be assigned a number 0..2. */
function target(c: Context): string {
  const kind = c.choices.below(6);
  if (kind < 2) return c.choices.pick(SHARED);
  if (kind === 2) return `m[${index(c)}]`;
  if (kind === 3 && c.numbers.length > 0) return c.choices.pick(c.numbers);
  return kind === 4 ? 'r.a' : 'y';
}

function block(c: Context, most = 3): string[] {
  const inner = { ...c, depth: c.depth + 1 };
  return Array.from({ length: 1 + c.choices.below(most) }, () => statement(inner)).flat();
}

const indent = (lines: readonly string[]): string[] => lines.map((l) => `  ${l}`);

function statement(c: Context): string[] {
  const { choices } = c;
  const lines = plainStatement(c);
  const labelled = !c.inAtomic && choices.chance(12) && !/^(ghost_|assert|seen)/.test(lines[0]!);
  return labelled ? [`l${(c.fresh.label += 1)}: ${lines[0]}`, ...lines.slice(1)] : lines;
}

function plainStatement(c: Context): string[] {
  const { choices } = c;
  const compound = c.depth < 3 && choices.chance(35);
  if (compound) {
    switch (choices.below(7)) {
      case 0:
        return [`if ${condition(c)} {`, ...indent(block(c)), ...(choices.chance(50) ? ['} else {', ...indent(block(c))] : []), '}'];
      case 1:
        return ['either {', ...indent(block(c)), '} or {', ...indent(block(c)), '}'];
      case 2: {
        const k = `k${(c.fresh.bound += 1)}`;
        const set = choices.pick(['0..1', 's', '{0, 2}', '{j in 0..2: j != y}']);
        return [`with ${k} in ${set} {`, ...indent(block({ ...c, numbers: c.numbers })), `  x := ${k}`, '}'];
      }
      case 3:
        return c.inAtomic ? ['skip'] : ['atomic {', ...indent(block({ ...c, inAtomic: true })), '}'];
      case 4:
        return [`while ${condition(c)} {`, ...indent(block({ ...c, inLoop: true })), '  y := (y + 1) % 3', '}'];
      case 5:
        return ['loop {', ...indent(block({ ...c, inLoop: true }, 2)), `  if ${condition(c)} { break }`, '  x := (x + 1) % 3', '}'];
      default:
        return [`if ${condition(c)} {`, ...indent(block(c, 2)), `} else if ${condition(c)} {`, ...indent(block(c, 1)), '}'];
    }
  }
  const kinds: (() => string[])[] = [
    () => [`${target(c)} := ${number(c)}`],
    () => [`${target(c)} := ${number(c)} % 3`],
    () => [`x, y := y, ${number(c)} % 2`],
    () => ['skip'],
    () => [`await ${condition(c)}`],
    () => [`b := ${condition(c)}`],
    () => [`e := ${choices.pick(['RED', 'GREEN', 'BLUE'])}`],
    () => [`s := ${choices.pick(['s union {x}', 's minus {y}', '{0, 1}', 's intersect {0, x}', '{}'])}`],
    () => [choices.chance(50) ? `if len(q) < 2 { q := append(q, ${choices.pick(SHARED)}) }` : 'q := <<>>'],
    () => ['q := tail(q)'],
    () => [`r := r with { a: ${number(c)} % 3 }`],
    () => [`m := m with [${choices.below(2)}] = ${choices.below(3)}`],
    () => [`assert ${condition(c)} as Named`],
    () => [`seen := seen + ${choices.below(2)} - ${choices.below(2)}`],
    () => (c.inProcedure ? ['skip'] : [`f(${number(c)} % 3, inout_target)`.replace('inout_target', choices.pick(['x', 'm[0]']))]),
    () => (c.inProcedure ? ['skip'] : [`${choices.pick(['x', 'y'])} := g(${choices.pick(SHARED)})`]),
    () => [`y := cmpxchg(x, ${choices.below(3)}, ${choices.below(3)})`],
    () => [`x := xchg(y, ${choices.below(3)})`],
    () => [`y := fetch_add(x, ${choices.pick(['1', '-1', '0'])})`],
  ];
  if (c.inLoop) kinds.push(() => [`if ${condition(c)} { ${choices.pick(['break', 'continue'])} }`]);
  if (c.numbers.length > 0) {
    const n = (): string => choices.pick(c.numbers);
    kinds.push(() => [`${n()} := ${number(c)} % 3`], () => [`${n()} := x`], () => [`x := ${n()}`]);
  }
  if (c.pool && c.refs.length > 0) {
    const ref = (): string => choices.pick(c.refs);
    kinds.push(
      () => [`${ref()} := new? Obj { v: ${choices.below(3)} }`],
      () => [choices.chance(25) ? `${ref()} := new Obj` : `${ref()} := new? Obj`],
      () => [`if ${ref()} != null { free ${ref()} }`],
      () => [`shared_ref := ${ref()}`],
      () => [`${ref()} := shared_ref`],
      () => { const p = ref(); return [`if ${p} != null {`, `  ${p}.v := ${number(c)} % 3`, '}']; },
      () => { const p = ref(); return [`if ${p} != null {`, `  x := ${p}.v`, '}']; },
      () => { const p = ref(); return [`if ${p} != null { touch ${p} }`]; },
    );
  }
  return choices.pick(kinds)();
}

/** The text of a spec made from a list of choices. */
export function specFrom(numbers: readonly number[]): string {
  const choices = new Choices(numbers.length === 0 ? [0] : numbers);
  const pool = choices.chance(45);
  const fresh = { label: 0, bound: 0 };
  const base: Omit<Context, 'process' | 'numbers' | 'refs' | 'inProcedure'> = { choices, pool, depth: 0, inLoop: false, inAtomic: false, fresh };
  const lines: string[] = ['enum Colour { RED, GREEN, BLUE }', 'record Pair { a: 0..2 = 0, c: Colour = RED }'];
  if (pool) lines.push(`pool Obj[2]${choices.chance(30) ? ' noleak' : ''}${choices.chance(20) ? ' reuse' : ''} {`, '  v: 0..2 = 0', '}', 'var shared_ref: Obj? = null');
  lines.push(
    `var x: 0..2${choices.chance(30) ? ' in 0..1' : ' = 0'}`,
    'var y: 0..2 = 1',
    'var b: bool = false',
    'var e: Colour = RED',
    'var m: [0..1 -> 0..2] = 0',
    'var s: set of 0..2 = {0}',
    'var q: seq of 0..2 max 2 = <<>>',
    'var r: Pair = Pair {}',
    'ghost var seen: -2..2 = 0',
  );
  if (choices.chance(30)) lines.push('init {', ...indent(block({ ...base, inAtomic: true, inProcedure: true, process: false, numbers: [], refs: [] }, 2).filter((l) => !/assert|seen/.test(l))), '}');
  lines.push(
    `${choices.chance(30) ? 'atomic ' : ''}procedure f(n: 0..2, inout t: 0..2) {`,
    '  var k: 0..2 = 0',
    ...(choices.chance(30) ? ['  defer h()'] : []),
    '  k := n',
    ...indent(block({ ...base, inProcedure: true, inAtomic: true, process: false, numbers: ['k', 'n'], refs: [] }, 2)),
    '  t := k',
    '}',
    'procedure g(n: 0..2): 0..2 {',
    '  var k: 0..2 = n',
    ...indent(block({ ...base, inProcedure: true, inAtomic: true, process: false, numbers: ['k'], refs: [] }, 2)),
    `  if ${condition({ ...base, inProcedure: true, process: false, numbers: ['k'], refs: [] })} { return x }`,
    '  return k',
    '}',
    'procedure h() { y := 0 }',
  );
  const processes = 1 + choices.below(2);
  for (let p = 0; p < processes; p++) {
    const context: Context = { ...base, inProcedure: false, process: true, numbers: ['n', 'u'], refs: pool ? ['o'] : [] };
    lines.push(
      `${choices.pick(['', 'fair ', 'fair+ '])}process p${p}(i in 0..${choices.below(2)}) {`,
      '  var n: 0..2 = i',
      '  var u: 0..2',
      ...(pool ? ['  var o: Obj? = null'] : []),
      ...(choices.chance(25) ? ['  loop {', '    idle: rest until x == 0', ...indent(indent(block({ ...context, inLoop: true }, 3))), '    y := 0', '  }'] : indent(block(context, 5))),
      '}',
    );
  }
  if (choices.chance(25)) lines.push('process irq(c in 0..0) interrupts p0[c] {', '  await x == 1', ...indent(block({ ...base, inProcedure: false, process: false, numbers: [], refs: [] }, 2)), '}');
  lines.push(
    `invariant Small = ${condition({ ...base, inProcedure: true, process: false, numbers: [], refs: [] })} || x <= ${choices.below(3)}`,
    `invariant Guarded = ${condition({ ...base, inProcedure: true, process: false, numbers: [], refs: [] })} => y <= 2`,
    "step invariant Slow = x' - x <= 1 || x' == 2",
    ...(pool ? ['invariant Known = shared_ref != null && alive(shared_ref) => shared_ref.v <= 2'] : []),
  );
  return `${lines.join('\n')}\n`;
}

/** Random specs; the same seed gives the same texts. */
export const randomSpec: fc.Arbitrary<string> = fc.array(fc.nat(9_999), { minLength: 20, maxLength: 60 }).map(specFrom);
