// Messages about types and values.
import { entry } from './entry.js';
import { heddle, page } from './page.js';

const small = 'A model of a protocol needs few values of each kind: two or three show most races. Choose a smaller bound.';

export const typeMessages = {
  'type/mismatch': entry<{ found: string; expected: string }>({
    severity: 'error',
    message: (d) => `Expected ${d.expected}, found ${d.found}.`,
    explain: page(
      'The type of an expression does not fit the place where it is used.',
      heddle('var locked: bool = false', 'process p { locked := 1 }      // error'),
      heddle('var locked: bool = false', 'process p { locked := true }'),
    ),
  }),
  'type/never-fits': entry<{ found: string; expected: string }>({
    severity: 'error',
    message: (d) => `${d.found.startsWith('the ') ? `T${d.found.slice(1)}` : `A value of ${d.found}`} never fits ${d.expected}.`,
    help: () => 'Widen the range of what is assigned, or correct the value.',
    explain: page(
      'No value of the expression lies in the range of the place it is stored in: every run would err. Where constants rule out that the statement is reached (`if N > 0 { … }` with N = 0) it is no mistake.',
      heddle('var x: 0..3 = 0', 'process p { x := 7 }      // error'),
      heddle('var x: 0..7 = 0', 'process p { x := 7 }'),
    ),
  }),
  'type/incomparable': entry<{ left: string; right: string }>({
    severity: 'error',
    message: (d) => `${d.left} and ${d.right} have no value in common, so the comparison says nothing.`,
    explain: page(
      'The two sides of `==`, `!=` or `in` have types without a common value. Numbers may be compared whatever their ranges: constants often make them disjoint.',
      heddle('enum State { READY, BUSY }', 'var s: State = READY', 'invariant Ready = s == 0      // error'),
      heddle('enum State { READY, BUSY }', 'var s: State = READY', 'invariant Ready = s == READY'),
    ),
  }),
  'type/overflow': entry<{ lo: number; hi: number }>({
    severity: 'error',
    message: (d) => `The value can lie between ${d.lo} and ${d.hi}, which leaves 32 bits.`,
    help: () => 'Use smaller ranges, or take a remainder in between.',
    explain: page(
      'Arithmetic is exact in 32 bits. An expression whose value could leave them, judged by the ranges of its operands, is refused.',
      heddle('var x: 0..65535 = 0', 'invariant Small = x * x < 100      // error'),
      heddle('var x: 0..65535 = 0', 'invariant Small = (x % 256) * (x % 256) < 100'),
    ),
  }),
  'type/empty-range': entry<{ lo: number; hi: number }>({
    severity: 'error',
    message: (d) => `The range ${d.lo}..${d.hi} is empty.`,
    help: () => 'The lower bound comes first.',
    explain: page(
      'The lower bound of a range type is above the upper one; no variable could have that type.',
      heddle('var x: 3..0 = 0      // error', 'invariant Small = x < 3'),
      heddle('var x: 0..3 = 0', 'invariant Small = x < 3'),
    ),
  }),
  'type/too-large': entry<{ problem: string }>({
    severity: 'error',
    message: (d) => `${d.problem}.`,
    help: () => small,
    explain: page(
      'A type is too large for a state that is explored exhaustively. A set takes a bit for each possible element, a map as many bits as its values together, a sequence room for its greatest length.',
      heddle('var seen: set of 0..1000000000 = {}      // error', 'invariant Fresh = seen == {}'),
      heddle('var seen: set of 0..7 = {}', 'invariant Fresh = seen == {}'),
    ),
  }),
  'type/needs-range': entry<{ name: string }>({
    severity: 'error',
    message: (d) => `The type of '${d.name}' is not clear.`,
    help: (d) => `Say which values it can have: \`var ${d.name}: 0..3 = …\`.`,
    explain: page(
      'A variable without a type takes that of its initial value, but a bare number does not tell the range, and without a value there is nothing to go by.',
      heddle('var x = 0      // error', 'invariant Small = x < 3'),
      heddle('var x: 0..3 = 0', 'invariant Small = x < 3'),
    ),
  }),
  'type/not-constant': entry<{ what: string }>({
    severity: 'error',
    message: (d) => `${d.what} must be known before the spec runs: it may use constants and defs, no variables.`,
    help: () => 'Use a `const`, or `init { }` for what depends on variables.',
    explain: page(
      'Bounds of types, sizes of pools, initial values and the sets over which processes are declared are computed before the first state exists.',
      heddle('var size: 0..3 = 2', 'var left: 0..3 = size      // error', 'invariant Fits = left <= size'),
      heddle('const SIZE: 0..3 = 2', 'var left: 0..3 = SIZE', 'invariant Fits = left <= SIZE'),
    ),
  }),
  'type/arguments': entry<{ name: string; expected: number; found: number }>({
    severity: 'error',
    message: (d) => `'${d.name}' takes ${d.expected} argument${d.expected === 1 ? '' : 's'}, found ${d.found}.`,
    explain: page(
      'A call has too many or too few arguments.',
      heddle('def next(i: 0..3): 0..3 = (i + 1) % 4', 'invariant Cycle = next(3, 4) == 0      // error'),
      heddle('def next(i: 0..3): 0..3 = (i + 1) % 4', 'invariant Cycle = next(3) == 0'),
    ),
  }),
  'type/not-a-place': entry<Record<string, never>>({
    severity: 'error',
    message: () => 'This cannot be assigned.',
    help: () => 'A variable can, a field of an object or record, or an element of a map: `x`, `cb.state`, `slot[i]`.',
    explain: page(
      'The left side of `:=`, an `inout` argument and the first argument of `cmpxchg`, `xchg` and `fetch_add` must be places: variables, fields, elements of maps. Parameters without `inout` can be assigned; constants, `with` names and `context` names cannot.',
      heddle('const LIMIT: 0..3 = 3', 'process p { LIMIT := 2 }      // error'),
      heddle('var limit: 0..3 = 3', 'process p { limit := 2 }'),
    ),
  }),
  'type/no-first-value': entry<{ name: string }>({
    severity: 'error',
    message: (d) => `'${d.name}' has no first value: it holds a reference, and there is no object yet.`,
    help: () => 'Let it be null until there is one: write `P?` for the pool `P`.',
    explain: page(
      'A reference of type `P` always refers to an object of the pool, so a variable, or a record or map in one, cannot hold such references from the start. Locals of type `P` itself can be declared, and are assigned before they are read; fields of type `P` are given with each `new`.',
      heddle('pool Cb[2] { armed: bool = false }', 'var slot: [0..1 -> Cb]      // error', 'process p {', '  slot[0] := new Cb { }', '}'),
      heddle('pool Cb[2] { armed: bool = false }', 'var slot: [0..1 -> Cb?]', 'process p {', '  slot[0] := new Cb { }', '}'),
    ),
  }),
  'type/misplaced': entry<{ what: string; where: string }>({
    severity: 'error',
    message: (d) => `${d.what} may only stand ${d.where}.`,
    explain: page(
      'Some constructs have a meaning in one place only: a prime in a step invariant, `always` and `~>` in a property, `new` and calls of procedures as the whole right side of an assignment.',
      heddle('var x: 0..3 = 0', "invariant Grows = x' >= x      // error"),
      heddle('var x: 0..3 = 0', "step invariant Grows = x' >= x"),
    ),
  }),
  'type/constant-error': entry<{ problem: string }>({
    severity: 'error',
    message: (d) => `This constant cannot be computed: ${d.problem}.`,
    explain: page(
      'Computing a constant expression goes wrong: a division by zero, a value outside its type.',
      heddle('const N: 0..3 = 0', 'var share: 0..8 = 8 / N      // error', 'invariant Some = share > 0'),
      heddle('const N: 0..3 = 0', 'var share: 0..8 = if N == 0 then 8 else 8 / N', 'invariant Some = share > 0'),
    ),
  }),
  'type/no-temporal': entry<{ name: string }>({
    severity: 'error',
    message: (d) => `'${d.name}' has no temporal operator, so it speaks of the initial states only.`,
    help: (d) => `Write \`invariant ${d.name} = …\`, or \`always\` before it.`,
    explain: page(
      'A `property` is a temporal formula. What must be true of every state is an `invariant`.',
      heddle('var x: 0..3 = 0', 'property Small = x < 3      // error'),
      heddle('var x: 0..3 = 0', 'invariant Small = x < 3'),
    ),
  }),
};
