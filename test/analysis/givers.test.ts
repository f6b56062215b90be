// What gives an abstract declaration: it must be there, once, and fit.
import { test } from 'vitest';
import { expectDiagnostics } from './diagnose.js';

const worker = { 'worker.heddle': 'abstract procedure work(n: 0..3): bool\nvar ok: bool = false\nprocess w { ok := work(1) }\n' };

test('a procedure of the same name and parameters gives an abstract one', () => {
  expectDiagnostics('import "./worker"\nprocedure work(n: 0..3): bool { return n > 0 }\n', worker);
  expectDiagnostics('import "./worker" as w with work = positive\nprocedure positive(n: 0..7): bool { return n > 0 }\n', worker);
});

test.each([
  ['procedure work(): bool { return true }', 'it has 0 parameters, not 1'],
  ['procedure work(inout n: 0..3): bool { return n > 0 }', "its parameter 'n' is `inout`"],
  ['procedure work(n: bool): bool { return n }', "its parameter 'n' is of type bool, not 0..3"],
  ['procedure work(n: 0..3) { await n > 0 }', 'it has no result'],
  ['procedure work(n: 0..3): 0..3 { return n }', 'its result is of type 0..3, not bool'],
])('%s does not fit', (declaration, problem) => {
  expectDiagnostics(`import "./worker"\n${declaration}\n//        ^ module/does-not-fit: 'work' cannot be used as a procedure 'work' that the module leaves abstract: ${problem}.\n`, worker);
});

test('another kind of thing does not fit', () => {
  expectDiagnostics(`
import "./worker"
var work: bool = false
//  ^ module/does-not-fit: 'work' cannot be used as a procedure 'work' that the module leaves abstract: it is a variable.
`, worker);
  expectDiagnostics(`
import "./box" as b with T = N
//                           ^ module/does-not-fit: 'N' cannot be used as a type 'T'
const N: 0..1 = 1
`, { 'box.heddle': 'abstract type T\nvar x: set of T = {}\ninvariant Empty = x == {}\n' });
});

test('with names something that exists, once', () => {
  expectDiagnostics(`
import "./worker" as w with work = wrk
//                                 ^ resolve/unknown-name: Unknown procedure 'wrk'.
process p { skip }
`, worker);
  expectDiagnostics(`
import "./worker" as w with work = 3
//                                 ^ type/mismatch: Expected the name of what gives 'work', found an expression.
process p { skip }
`, worker);
  expectDiagnostics(`
import "./ring" as r with N = 1, N = 2
//                               ^ resolve/duplicate-name: 'N' is declared twice.
process p { skip }
`, { 'ring.heddle': 'const N: 1..3\nvar x: 0..N = 0\n' });
});

test('two files that give the same declaration are one too many', () => {
  expectDiagnostics('import "./b"\nimport "./c"\nprocess p { run() }\n', {
    'a.heddle': 'abstract procedure f()\nprocedure run() { f() }\n',
    'b.heddle': 'import "./a"\nprocedure f() { skip }\n',
    'c.heddle': "import \"./a\"\nprocedure f() { skip }\n//        ^ resolve/ambiguous: 'f' can mean b.heddle's 'f' or c.heddle's 'f'.\n",
  });
});

test('a constant that is given keeps its own type', () => {
  const ring = { 'ring.heddle': 'const N: 1..3\nvar x: 0..N = 0\ninvariant Fits = x <= N\n' };
  expectDiagnostics('import "./ring" as r with N = M\nconst M: 0..9 = 3\n', ring);
  expectDiagnostics(`
import "./ring" as r with N = M
//                            ^ type/never-fits: The number 9 never fits 1..3.
const M: 0..9 = 9
`, ring);
  expectDiagnostics(`
import "./ring"
const N: 0..9 = 9
//    ^ module/does-not-fit: 'N' cannot be used as a constant 'N' that the module leaves abstract: its value 9 is none of 1..3.
`, ring);
});

test('what gives an abstract declaration counts as used', () => {
  expectDiagnostics('import "./box"\npool T[2] { full: bool = false }\nprocess p { skip }\n', { 'box.heddle': 'abstract type T\nvar x: set of T = {}\ninvariant Empty = x == {}\n' });
});

test('import with needs a name', () => {
  expectDiagnostics(`
import "./ring" with N = 2
//              ^ parse/import-without-as: An instance of a module needs a name
process p { skip }
`, { 'ring.heddle': 'const N: 1..3\nvar x: 0..N = 0\n' });
});
