// Messages about statements: ghosts, the grain of steps, the way control takes.
import { entry } from './entry.js';
import { heddle, page } from './page.js';

export const statementMessages = {
  'ghost/read': entry<{ name: string }>({
    severity: 'error',
    message: (d) => `The program reads the ghost '${d.name}'.`,
    help: () => 'Ghosts exist for properties only: the protocol must not depend on them. Use a `var`.',
    explain: page(
      'A ghost variable records history for properties. A statement of the program may not read it, or the protocol would behave otherwise than the code it models. Statements that write only ghosts, assertions and properties may.',
      heddle('ghost var taken: 0..3 = 0', 'process p {', '  await taken == 0      // error', '  taken := 1', '}'),
      heddle('var taken: 0..3 = 0', 'process p {', '  await taken == 0', '  taken := 1', '}'),
    ),
  }),
  'ghost/mixed': entry<Record<string, never>>({
    severity: 'error',
    message: () => 'One statement writes ghosts and changes the program.',
    help: () => 'Make it two statements; the one that writes the ghost joins the step before it.',
    explain: page(
      'A statement writes either ghosts or program variables, so that taking the ghosts away leaves the program. So the result of a procedure, of an atomic operation or of `new` does not go straight into a ghost either.',
      heddle('var x: 0..3 = 0', 'ghost var writes: 0..3 = 0', 'process p { x, writes := 1, 1 }      // error'),
      heddle('var x: 0..3 = 0', 'ghost var writes: 0..3 = 0', 'process p {', '  x := 1', '  writes := 1', '}'),
    ),
  }),
  'ghost/labelled': entry<Record<string, never>>({
    severity: 'error',
    message: () => 'A statement that writes only ghosts has a label.',
    help: () => 'Take the label away: the statement belongs to the step before it.',
    explain: page(
      'A ghost statement is no step of its own, so no process can stand at its label.',
      heddle('var x: 0..3 = 0', 'ghost var writes: 0..3 = 0', 'process p {', '  x := 1', '  note: writes := 1      // error', '}'),
      heddle('var x: 0..3 = 0', 'ghost var writes: 0..3 = 0', 'process p {', '  write: x := 1', '  writes := 1', '}'),
    ),
  }),
  'steps/label-in-atomic': entry<{ label: string }>({
    severity: 'error',
    message: (d) => `Label '${d.label}' stands inside \`atomic\`, where no step starts.`,
    help: () => 'Put it before the block.',
    explain: page(
      'An `atomic` block is one step, so no process can stand at a label inside it.',
      heddle('var x: 0..3 = 0', 'process p { atomic { set: x := 1 } }      // error'),
      heddle('var x: 0..3 = 0', 'process p { set: atomic { x := 1 } }'),
    ),
  }),
  'steps/label-needed': entry<{ why: string }>({
    severity: 'error',
    message: (d) => `This statement needs a label: ${d.why}.`,
    help: () => 'Under `steps label` steps go from label to label, as in PlusCal.',
    explain: page(
      'Under `steps label` a step runs from label to label. PlusCal demands a label on the first statement of a process or procedure, on `while`, after a call, and after an `if`, `either` or `with` that contains a label, a call, a `goto` or a `return`.',
      heddle('steps label', 'var x: 0..3 = 0', 'process p { x := 1 }      // error'),
      heddle('steps label', 'var x: 0..3 = 0', 'process p { set: x := 1 }'),
    ),
  }),
  'flow/outside': entry<{ statement: string; where: string }>({
    severity: 'error',
    message: (d) => `\`${d.statement}\` outside of ${d.where}.`,
    explain: page(
      '`break` and `continue` belong into a loop, `return` into a procedure, `defer` at the top level of a body.',
      heddle('var x: 0..3 = 0', 'process p {', '  x := 1', '  break      // error', '}'),
      heddle('var x: 0..3 = 0', 'process p {', '  loop {', '    x := 1', '    break', '  }', '}'),
    ),
  }),
  'flow/unreachable': entry<Record<string, never>>({
    severity: 'warning',
    message: () => 'This statement cannot be reached.',
    help: () => 'What stands before it never goes on.',
    explain: page(
      'The statement follows a `return`, `goto`, `break`, `continue` or an endless loop and has no label.',
      heddle('var x: 0..3 = 0', 'process p {', '  loop { x := 1 }', '  x := 2      // warning', '}'),
      heddle('var x: 0..3 = 0', 'process p {', '  x := 2', '  loop { x := 1 }', '}'),
    ),
  }),
  'flow/unassigned': entry<{ name: string }>({
    severity: 'error',
    message: (d) => `'${d.name}' may be read before it refers to an object.`,
    help: (d) => `Assign it first, or declare it nullable and test it: \`${d.name} != null\`.`,
    explain: page(
      'A local of a pool type has no first value: there may be no object. It must be assigned on every way to a use; passing it by `inout` is a use.',
      heddle('pool Cb[2] { armed: bool = false }', 'process p {', '  var cb: Cb', '  cb.armed := true      // error', '}'),
      heddle('pool Cb[2] { armed: bool = false }', 'process p {', '  var cb: Cb', '  cb := new Cb { }', '  cb.armed := true', '}'),
    ),
  }),
  'flow/missing-return': entry<{ name: string }>({
    severity: 'error',
    message: (d) => `'${d.name}' has a result, but can end without \`return\`.`,
    explain: page(
      'Every way through a procedure with a result ends in `return e`.',
      heddle('var x: 0..3 = 0', 'procedure get(): 0..3 {      // error', '  if x > 0 { return 1 }', '}', 'process p {', '  var y: 0..3 = 0', '  y := get()', '}'),
      heddle('var x: 0..3 = 0', 'procedure get(): 0..3 {', '  if x > 0 { return 1 }', '  return 0', '}', 'process p {', '  var y: 0..3 = 0', '  y := get()', '}'),
    ),
  }),
  'flow/unused': entry<{ what: string; name: string }>({
    severity: 'warning',
    message: (d) => `${d.what} '${d.name}' is never used.`,
    help: (d) => `Remove it, or call it \`_${d.name}\`.`,
    explain: page(
      'A declaration that nothing uses is often a slip: a property that was meant to read it, a procedure that was meant to be called. So is a local that is neither read nor assigned. A name that begins with `_` is left alone, and so are the declarations of imported modules.',
      heddle('var x: 0..3 = 0', 'var y: 0..3 = 0      // warning', 'process p { x := 1 }'),
      heddle('var x: 0..3 = 0', 'process p { x := 1 }'),
    ),
  }),
};
