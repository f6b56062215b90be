// Messages about names: what they mean, and that they mean one thing.
import { entry } from './entry.js';
import { heddle, near, page } from './page.js';

const [left, right] = [heddle('// left.heddle', 'var owner: 0..1 = 0'), heddle('// right.heddle', 'var owner: 0..1 = 1')];

/** What other languages call their numbers. */
const NUMBER_TYPES = /^(u?int(8|16|32|64)?(_t)?|[us](8|16|32|64)|unsigned|signed|long|short|char|byte|size_t|integer|nat|number|Int|Nat|Integer)$/;

export const resolveMessages = {
  'resolve/unknown-name': entry<{ name: string; what?: string; of?: string; near?: string | undefined }>({
    severity: 'error',
    message: (d) => (d.of === undefined ? `Unknown ${d.what ?? 'name'} '${d.name}'.` : `Process '${d.of}' has no ${d.what ?? 'name'} '${d.name}'.`),
    help: (d) => (d.what === 'type' && NUMBER_TYPES.test(d.name) ? 'Numbers have ranges here: write one, such as `0..7`.' : near(d)),
    explain: page(
      'A name is used that nothing declares here.',
      heddle('var count1: 0..3 = 0', 'process p { count1 := 1 }', "invariant Small = cuont1 < 3      // error: did you mean 'count1'?"),
      'Correct the spelling, declare the name, or import the module that declares it.',
      heddle('var count1: 0..3 = 0', 'process p { count1 := 1 }', 'invariant Small = count1 < 3'),
    ),
  }),
  'resolve/duplicate-name': entry<{ name: string }>({
    severity: 'error',
    message: (d) => `'${d.name}' is declared twice.`,
    help: () => 'Rename one of them, or take one away.',
    explain: page(
      'Two declarations of one scope have the same name, or a literal gives a field twice. Members of enums are declared beside everything else of the file.',
      heddle('enum State { FREE, BUSY }', 'enum Errno { OK, BUSY }      // error'),
      heddle('enum State { FREE, BUSY }', 'enum Errno { OK, EBUSY }', 'var s: State = FREE', 'var e: Errno = OK', 'invariant Sane = s == BUSY => e == OK'),
    ),
  }),
  'resolve/shadows-import': entry<{ name: string }>({
    severity: 'warning',
    message: (d) => `'${d.name}' hides the imported declaration of the same name in this file; the imported module keeps using its own.`,
    help: () => 'Rename it, or import the module with a prefix (`import … as m`).',
    explain: page(
      'A declaration has the name of an imported one. In this file the own one is meant; the module goes on with its own. Only an `abstract` declaration is given by one of the same name.',
      left,
      heddle('import "./left"', 'var owner: 0..3 = 3      // warning', 'invariant Mine = owner == 3'),
      heddle('import "./left" as l', 'var owner: 0..3 = 3', 'invariant Mine = owner == 3 && l.owner == 0'),
    ),
  }),
  'resolve/shadows-variable': entry<{ name: string }>({
    severity: 'warning',
    message: (d) => `The local '${d.name}' hides the shared variable of the same name: here nothing reads or writes that one.`,
    help: () => 'Rename it; or take the declaration away, if the shared variable is meant.',
    explain: page(
      'A process or procedure declares a local with the name of a shared variable. What the body does to it, nobody else sees: a race on the shared variable would go unnoticed.',
      heddle('var total: 0..3 = 0', 'process p {', '  var total: 0..3      // warning', '  total := 1', '}', 'invariant None = total == 0'),
      heddle('var total: 0..3 = 0', 'process p {', '  total := 1', '}', 'invariant None = total <= 1'),
    ),
  }),
  'resolve/ambiguous': entry<{ name: string; candidates: readonly string[] }>({
    severity: 'error',
    message: (d) => `'${d.name}' can mean ${d.candidates.join(' or ')}.`,
    help: () => 'Import one of the modules with a prefix (`import … as m`) and write `m.name`; of enum members, compare with or store in something whose type is known.',
    explain: page(
      'Two imported modules declare the name, or two enums have a member of that name and the context does not tell which is meant; or two files give the same abstract declaration.',
      left,
      right,
      heddle('import "./left"', 'import "./right"', 'invariant Zero = owner == 0      // error'),
      heddle('import "./left"', 'import "./right" as r', 'invariant Zero = owner == 0 && r.owner == 1'),
    ),
  }),
  'resolve/wrong-kind': entry<{ name: string; is: string; expected: string }>({
    severity: 'error',
    message: (d) => `'${d.name}' is ${d.is}; expected ${d.expected}.`,
    explain: page(
      'The name exists, but names another kind of thing than what is needed here.',
      heddle('var limit: 0..3 = 3', 'var used: limit = 0      // error: a variable is no type', 'invariant Fits = used <= limit'),
      heddle('const LIMIT: 0..3 = 3', 'var used: 0..LIMIT = 0', 'invariant Fits = used <= LIMIT'),
    ),
  }),
  'resolve/recursion': entry<{ cycle: readonly string[] }>({
    severity: 'error',
    message: (d) => `Recursion: ${d.cycle.join(' -> ')}.`,
    help: () => 'Every call is inlined and every type is finite; write a loop, and a map or a sequence for what the stack would hold.',
    explain: page(
      'A procedure, def, macro, constant or type needs itself, directly or through others. Calls are inlined and types are finite, so that the state stays finite: there is no recursion.',
      heddle('var left: 0..3 = 3', 'procedure drain() {      // error', '  if left > 0 {', '    atomic { left := left - 1 }', '    drain()', '  }', '}', 'process p { drain() }'),
      'Write a loop:',
      heddle('var left: 0..3 = 3', 'procedure drain() {', '  while left > 0 {', '    atomic { left := left - 1 }', '  }', '}', 'process p { drain() }'),
    ),
  }),
  'resolve/context': entry<{ name: string; process: string }>({
    severity: 'error',
    message: (d) => `Process '${d.process}' calls something that reads the context '${d.name}', but has no parameter '${d.name}'.`,
    help: (d) => `Give the process a parameter of that name: \`process p(${d.name} in …)\`.`,
    explain: page(
      'A `context` name is bound by each process that has a parameter of that name. A process that calls something which reads it must have one.',
      heddle('context cpu: 0..1', 'var busy: [0..1 -> bool] = false', 'procedure enter() { busy[cpu] := true }', 'process task(i in 0..1) { enter() }      // error'),
      heddle('context cpu: 0..1', 'var busy: [0..1 -> bool] = false', 'procedure enter() { busy[cpu] := true }', 'process task(cpu in 0..1) { enter() }'),
    ),
  }),
};
