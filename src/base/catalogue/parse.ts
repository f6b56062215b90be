// Messages of the lexer and the parser.
import { entry } from './entry.js';
import { heddle, page } from './page.js';


/** Foreign operators mostly have a counterpart; the sentence says it. */
const instead = (advice: string | undefined): string | undefined => (advice === undefined ? undefined : `Heddle writes ${advice}.`);

export const parseMessages = {
  'parse/unexpected': entry<{ found: string; expected: string; hint?: string | undefined }>({
    severity: 'error',
    message: (d) => `Unexpected ${d.found}; expected ${d.expected}.`,
    help: (d) => d.hint,
    explain: page(
      'The text does not fit the grammar at this place. The message says what stands there and what could stand there; the slip is often just before it.',
      heddle('var turn: 0..1 0'),
      'Here the `=` before the initial value is missing:',
      heddle('var turn: 0..1 = 0'),
      'The whole grammar is in `grammar/heddle.ebnf`.',
    ),
  }),
  'parse/reserved-word': entry<{ word: string }>({
    severity: 'error',
    message: (d) => `\`${d.word}\` is a reserved word and cannot be a name.`,
    help: (d) => `Choose another name, such as \`${d.word}_\` or \`the_${d.word}\`.`,
    explain: page(
      'Words that open a declaration or a statement, start an expression or stand between operands are reserved.',
      heddle('var count: 0..3 = 0'),
      '`count` begins an expression (`count x in S: p`), so it cannot name a variable:',
      heddle('var counter: 0..3 = 0'),
      'Words such as `set`, `label`, `step` or `only` mean something in one place only and may be names elsewhere.',
    ),
  }),
  'parse/unclosed': entry<{ open: string; found: string }>({
    severity: 'error',
    message: (d) => `This \`${d.open}\` is never closed: found ${d.found} instead.`,
    help: (d) => `Add the missing \`${({ '{': '}', '(': ')', '[': ']', '<<': '>>' } as Record<string, string>)[d.open] ?? d.open}\`.`,
    explain: page(
      'A bracket that was opened is still open where the next declaration begins or the file ends.',
      heddle('var x: 0..1 = 0', 'process p {', '  if x == 0 {', '    x := 1', '}', 'invariant Small = x < 2'),
      'The only `}` closes the `if`; the one of the process is missing. Where the lines are indented as they are meant, the report points at the brace that was probably forgotten.',
      heddle('var x: 0..1 = 0', 'process p {', '  if x == 0 {', '    x := 1', '  }', '}', 'invariant Small = x < 2'),
    ),
  }),
  'parse/unopened': entry<{ close: string }>({
    severity: 'error',
    message: (d) => `This \`${d.close}\` closes nothing.`,
    help: () => 'Remove it, or look for the bracket that should have been opened before it.',
    explain: page(
      'There is no open bracket for this closing one; often there is one too many before it.',
      heddle('process p {', '  skip', '}', '}'),
      'Without the last line the process is complete:',
      heddle('process p {', '  skip', '}'),
    ),
  }),
  'parse/assignment': entry<{ written: string }>({
    severity: 'error',
    message: (d) => `Assignment is \`:=\`, not \`${d.written}\`.`,
    help: () => 'Write `x := e`.',
    explain: page(
      'A statement assigns with `:=`. The sign `=` defines (a constant, an initial value, an invariant) and, inside an expression, compares.',
      heddle('var x: 0..1 = 0', 'process p { x = 1 }'),
      heddle('var x: 0..1 = 0', 'process p { x := 1 }'),
    ),
  }),
  'parse/definition-sign': entry<{ written: string }>({
    severity: 'error',
    message: (d) => `An initial value is given with \`=\`, not \`${d.written}\`.`,
    help: () => 'Write `var x: T = e`.',
    explain: page(
      'A declaration gives its initial value with `=`; `:=` is the statement that assigns, `==` compares.',
      heddle('var x: 0..1 := 0'),
      heddle('var x: 0..1 = 0'),
    ),
  }),
  'parse/parallel-assignment': entry<object>({
    severity: 'error',
    message: () => 'Assignments in parallel are not joined by `||`.',
    help: () => 'Write `x, y := e, f`: all right-hand sides are evaluated first.',
    explain: page(
      "PlusCal joins assignments of one step with `||`. Heddle lists the places, then the values:",
      heddle('var x: 0..1 = 0', 'var y: 0..1 = 1', 'process p { x := y || y := x }'),
      heddle('var x: 0..1 = 0', 'var y: 0..1 = 1', 'process p { x, y := y, x }'),
    ),
  }),
  'parse/not-a-statement': entry<{ text: string }>({
    severity: 'error',
    message: (d) => `\`${d.text}\` is not a statement by itself.`,
    help: (d) => `Assign to it, \`${d.text} := …\`, or call it, \`${d.text}(…)\`.`,
    explain: page(
      'A statement that begins with a name assigns to it or calls it.',
      heddle('procedure f() { skip }', 'process p { f }'),
      heddle('procedure f() { skip }', 'process p { f() }'),
    ),
  }),
  'parse/assert-message': entry<object>({
    severity: 'error',
    message: () => 'An assertion takes no message.',
    help: () => 'Give it a name instead: `assert e as NotNegative`. It is then a property of that name.',
    explain: page(
      '`assert e` states what must be true. Instead of a message it may have a name; it is then a property with a verdict of its own.',
      heddle('var x: 0..3 = 0', 'process p { assert x < 3, "x is small" }'),
      heddle('var x: 0..3 = 0', 'process p { assert x < 3 as Small }'),
    ),
  }),
  'parse/record-before-block': entry<{ type: string }>({
    severity: 'error',
    message: (d) => `A record \`${d.type} { … }\` right before a block must stand in parentheses.`,
    help: (d) => `Write \`(${d.type} { … })\`.`,
    explain: page(
      'After the condition of `if` and `while` and the set of `with`, a `{` opens the block; so a record literal needs parentheses there.',
      heddle('record R { a: 0..1 = 0 }', 'var r: R = R { a: 0 }', 'process p { if r == R { a: 1 } { skip } }'),
      heddle('record R { a: 0..1 = 0 }', 'var r: R = R { a: 0 }', 'process p { if r == (R { a: 1 }) { skip } }'),
    ),
  }),
  'parse/local-not-at-head': entry<{ written: string }>({
    severity: 'error',
    message: () => 'Locals are declared at the head of a body, before its statements.',
    help: () => 'Move this `var` up, right behind the `{` of the procedure or process.',
    explain: page(
      'The locals of a process or procedure stand before its first statement, as in PlusCal and old C.',
      heddle('process p {', '  skip', '  var n: 0..3 = 0', '  n := 1', '}'),
      heddle('process p {', '  var n: 0..3 = 0', '  skip', '  n := 1', '}'),
    ),
  }),
  'parse/new-inside': entry<{ written: string }>({
    severity: 'error',
    message: () => '`new` cannot stand inside an expression.',
    help: () => 'Allocate in a statement of its own: `x := new P { … }`.',
    explain: page(
      '`new` is a step: it takes a slot of the pool. It is the whole right side of an assignment, or what a procedure returns.',
      heddle('pool Cb[2] { n: 0..1 = 0 }', 'procedure use(c: Cb) { skip }', 'process p { use(new Cb) }'),
      heddle('pool Cb[2] { n: 0..1 = 0 }', 'procedure use(c: Cb) { skip }', 'process p {', '  var c: Cb', '  c := new Cb', '  use(c)', '}'),
    ),
  }),
  'parse/import-without-as': entry<{ written: string }>({
    severity: 'error',
    message: () => 'An instance of a module needs a name: `as` is missing before `with`.',
    help: () => 'Write `import "…" as name with …`.',
    explain: page(
      '`import … with` makes an instance of its own, and what it declares is reached through the name of that instance.',
      heddle('import "kernel/hrtimer" with Timer = T      // error', 'pool T[1] { }'),
      heddle('import "kernel/hrtimer" as hr with Timer = T', 'pool T[1] { }'),
    ),
  }),
  'parse/comma-in-check': entry<{ written: string }>({
    severity: 'error',
    message: () => 'The items of a `check` are not separated by commas.',
    help: () => 'Put each on a line of its own, or leave two spaces between them.',
    explain: page(
      'Constants, `only` and `expect` follow each other without a sign between them; a comma separates the names after `only`.',
      heddle('const N: 1..3 = 1', 'const M: 1..3 = 1', 'check large { N = 2, M = 3 }'),
      heddle('const N: 1..3 = 1', 'const M: 1..3 = 1', 'check large { N = 2  M = 3 }'),
    ),
  }),
  'parse/semicolon': entry<{ more: number }>({
    severity: 'error',
    message: (d) => `Heddle has no semicolons${d.more === 0 ? '' : ` (${d.more} more in this file)`}.`,
    help: () => 'Remove it: a statement ends where no operator can continue it.',
    explain: page(
      'Statements are not separated by signs. Two may stand on one line.',
      heddle('var x: 0..1 = 0', 'process p { x := 1; x := 0 }'),
      heddle('var x: 0..1 = 0', 'process p { x := 1 x := 0 }'),
      'Only the first semicolon of a file is reported.',
    ),
  }),
  'parse/foreign-operator': entry<{ written: string; advice?: string }>({
    severity: 'error',
    message: (d) => `Heddle has no \`${d.written}\`.`,
    help: (d) => instead(d.advice),
    explain: page(
      'The operators are those of C for truth values and numbers, and words for sets. Of TLA+, the spellings `/\\ \\/ ~ \\in \\A \\E # = [] <>` are read too.',
      heddle('var s: set of 0..3 = {}', 'process p { s := s \\cup {1} }'),
      heddle('var s: set of 0..3 = {}', 'process p { s := s union {1} }'),
    ),
  }),
  'parse/foreign-word': entry<{ word: string; advice: string }>({
    severity: 'error',
    message: (d) => `Heddle has no \`${d.word}\` here.`,
    help: (d) => d.advice,
    explain: page(
      'A word of another language stands where Heddle spells it differently.',
      heddle('var a: bool = true', 'var b: bool = true', 'invariant Both = a and b'),
      heddle('var a: bool = true', 'var b: bool = true', 'invariant Both = a && b'),
    ),
  }),
  'parse/foreign-comment': entry<{ written: string }>({
    severity: 'error',
    message: (d) => `Comments do not begin with \`${d.written}\`.`,
    help: () => 'Write `// …`; it goes to the end of the line.',
    explain: page(
      'There is one kind of comment, `//` to the end of the line; `///` before a declaration documents it.',
      heddle('/* the turn */ var turn: 0..1 = 0'),
      heddle('var turn: 0..1 = 0 // the turn'),
    ),
  }),
  'parse/compound-assignment': entry<{ written: string; operator: string }>({
    severity: 'error',
    message: (d) => `Heddle has no \`${d.written}\`.`,
    help: (d) => `Write \`x := x ${d.operator} n\`; where C does it at once, say so: \`atomic { … }\` or \`fetch_add(x, n)\`.`,
    explain: page(
      'A read and a write are two accesses; the language has no sign that hides one of them.',
      heddle('var x: 0..3 = 0', 'process p { x += 1 }'),
      heddle('var x: 0..3 = 0', 'process p { atomic { x := x + 1 } }'),
    ),
  }),
  'parse/unknown-character': entry<{ characters: string }>({
    severity: 'error',
    message: (d) => `Unknown character${[...d.characters].length === 1 ? '' : 's'} \`${printable(d.characters)}\`.`,
    help: () => 'Names consist of ASCII letters, digits and `_`; other characters may stand in comments.',
    explain: page(
      'The text contains characters that no word or sign of the language has.',
      heddle('var größe: 0..3 = 0'),
      heddle('var size: 0..3 = 0'),
    ),
  }),
  'parse/not-text': entry<object>({
    severity: 'error',
    message: () => 'This file is not text: it contains a NUL byte.',
    help: () => 'Is it a binary file, or UTF-16? Specs are UTF-8 text.',
    explain: page('A spec is UTF-8 text without NUL bytes. Save it as UTF-8, or give the right file.', heddle('// a plain text file', 'var x: 0..1 = 0')),
  }),
  'parse/unclosed-text': entry<object>({
    severity: 'error',
    message: () => 'This text is not closed on its line.',
    help: () => 'Add the `"`.',
    explain: page('A path in quotes ends on the line on which it begins.', heddle('import "kernel/rcu'), heddle('import "kernel/rcu"')),
  }),
  'parse/number-too-large': entry<{ number: string }>({
    severity: 'error',
    message: (d) => `The number ${d.number} is too large.`,
    help: () => 'Numbers go from -2147483648 to 2147483647 (2^31 - 1).',
    explain: page('Arithmetic is done in 32 bits, signed.', heddle('const BIG: 0..3000000000 = 1'), heddle('const BIG: 0..2147483647 = 1')),
  }),
  'parse/too-deep': entry<{ what: string; limit: number }>({
    severity: 'error',
    message: (d) => `${d.what} is nested too deeply (more than ${d.limit} levels).`,
    help: () => 'Name parts of it with `def` or `procedure`.',
    explain: page(
      'Brackets, blocks, `else if` branches and operators may be nested a hundred levels deep. Chains of `&&` and `||` may be of any length.',
      'Give the inner parts names:',
      heddle('def near(x: 0..9): bool = x > 2 && x < 6', 'def far(x: 0..9): bool = !near(x)'),
    ),
  }),
  'parse/no-chaining': entry<{ first: string; second: string }>({
    severity: 'error',
    message: (d) => `\`${d.first}\` and \`${d.second}\` cannot be chained.`,
    help: (d) => (d.first.startsWith('<') && d.second.startsWith('<') && d.first !== '<=>' ? 'Write `a < b && b < c`.' : 'Say with parentheses which one comes first.'),
    explain: page(
      'Comparisons, `in`, `<=>`, `~>` and `until` take two operands; a row of them would be read in different ways by different readers.',
      heddle('var x: 0..9 = 1', 'invariant Small = 0 < x < 5'),
      heddle('var x: 0..9 = 1', 'invariant Small = 0 < x && x < 5'),
    ),
  }),
  'parse/weak-implication': entry<{ operator: string }>({
    severity: 'warning',
    message: (d) => `\`${d.operator} p => q\` is read as \`(${d.operator} p) => q\`.`,
    help: (d) => `Write \`${d.operator} (p => q)\`, or the parentheses that stand there in truth.`,
    explain: page(
      '`always` and `eventually` bind tighter than `=>`. Most who write this mean the whole implication.',
      heddle('var p: bool = false', 'var q: bool = false', 'property P = always p => q'),
      heddle('var p: bool = false', 'var q: bool = false', 'property P = always (p => q)'),
    ),
  }),
  'parse/with-value': entry<{ operator: string }>({
    severity: 'error',
    message: (d) => `The new value of \`with\` ends before \`${d.operator}\`.`,
    help: () => 'Put the value in parentheses: `m with [k] = (m[k] + 1)`.',
    explain: page(
      '`with` binds tighter than every operator, so its value is one operand; the sum below would add 1 to the map.',
      heddle('var m: [0..1 -> 0..3] = 0', 'process p { m := m with [0] = m[0] + 1 }'),
      heddle('var m: [0..1 -> 0..3] = 0', 'process p { m := m with [0] = (m[0] + 1) }'),
    ),
  }),
  'parse/not-a-type': entry<{ text: string }>({
    severity: 'error',
    message: (d) => `\`${d.text}\` is not a type.`,
    help: () => 'A range of numbers is written `lo..hi`.',
    explain: page('A type is a name, a range `lo..hi`, a map `[K -> V]`, `set of T`, `seq of T max n`, or one of these with `?`.', heddle('var x: 3 = 0'), heddle('var x: 0..3 = 0')),
  }),
  'parse/not-a-record': entry<{ text: string }>({
    severity: 'error',
    message: (d) => `\`${d.text}\` is not the name of a record type.`,
    help: () => 'A record is written `R { a: 1 }`; to change fields of a value write `r with { a: 1 }`.',
    explain: page(
      'Before the fields of a record stands the name of its type.',
      heddle('record R { a: 0..1 = 0 }', 'var m: [0..1 -> R] = R { a: 0 }', 'process p { m[0] := m[1] { a: 1 } }'),
      heddle('record R { a: 0..1 = 0 }', 'var m: [0..1 -> R] = R { a: 0 }', 'process p { m[0] := m[1] with { a: 1 } }'),
    ),
  }),
  'parse/definition-missing': entry<{ what: string; name: string }>({
    severity: 'error',
    message: (d) => `The ${d.what} \`${d.name}\` has no ${d.what === 'type' ? 'definition' : 'body'}.`,
    help: (d) => `Give it one, or write \`abstract ${d.what} ${d.name}\` if the importing file gives it.`,
    explain: page(
      'Only what is `abstract` may lack its definition; the file that imports it gives it.',
      heddle('procedure done()'),
      heddle('abstract procedure done()'),
    ),
  }),
  'parse/abstract-defined': entry<{ what: string; name: string }>({
    severity: 'error',
    message: (d) => `The ${d.what} \`${d.name}\` is \`abstract\` and has a ${d.what === 'type' ? 'definition' : 'body'}.`,
    help: () => 'Remove `abstract`, or leave the definition to the importing file.',
    explain: page(
      'What is `abstract` is given by the importing file, with `with` or by a declaration of the same name.',
      heddle('abstract procedure done() { skip }'),
      heddle('abstract procedure done()'),
    ),
  }),
};

const printable = (text: string): string =>
  [...(text.length > 20 ? `${text.slice(0, 20)}…` : text)].map((c) => (c < ' ' ? `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}` : c)).join('');
