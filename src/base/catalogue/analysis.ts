// Messages of the analysis: modules, names, types, statements.
import { entry } from './entry.js';

const near = (d: { near?: string | undefined }): string | undefined => (d.near === undefined ? undefined : `Did you mean '${d.near}'?`);

export const analysisMessages = {
  'module/not-found': entry<{ path: string; near?: string | undefined }>({
    severity: 'error',
    message: (d) => `There is no module '${d.path}'.`,
    help: (d) => near(d) ?? 'A path that begins with `./` or `../` is a file beside this one; any other names a module of the library, such as "kernel/rcu".',
    explain: 'An import names a file that does not exist.\n\n```heddle\nimport "kernel/rcv"      // error\n```\n\n```heddle\nimport "kernel/rcu"\n```',
  }),
  'module/cycle': entry<{ cycle: readonly string[] }>({
    severity: 'error',
    message: (d) => `Modules import each other in a circle: ${d.cycle.join(' -> ')}.`,
    help: () => 'Move what they share into a module that both import.',
    explain: 'Two or more files import each other, directly or through others. Move what they share into a third file that imports neither.',
  }),
  'module/unknown-binding': entry<{ name: string }>({
    severity: 'error',
    message: (d) => `The module has no abstract declaration and no constant '${d.name}' that \`with\` could give.`,
    explain: '`import "x" as y with T = Cb` gives a type, constant or procedure that the module leaves `abstract`, or a constant of it. The name must be one of those.',
  }),
  'resolve/unknown-name': entry<{ name: string; what?: string; near?: string | undefined }>({
    severity: 'error',
    message: (d) => `Unknown ${d.what ?? 'name'} '${d.name}'.`,
    help: near,
    explain: 'A name is used that nothing declares here.\n\n```heddle\nvar count1: 0..3 = 0\ninvariant Small = cuont1 < 3      // error: did you mean \'count1\'?\n```\n\nCorrect the spelling, declare the name, or import the module that declares it.',
  }),
  'resolve/duplicate-name': entry<{ name: string }>({
    severity: 'error',
    message: (d) => `'${d.name}' is declared twice.`,
    help: () => 'Rename one of them.',
    explain: 'Two declarations of one scope have the same name. Rename one.',
  }),
  'resolve/shadows-import': entry<{ name: string }>({
    severity: 'warning',
    message: (d) => `'${d.name}' hides the imported declaration of the same name in this file; the imported module keeps using its own.`,
    help: () => 'Rename it, or import the module with a prefix (`import … as m`).',
    explain: 'A declaration has the name of an imported one. In this file the own one is meant; the module goes on with its own. Only an `abstract` declaration is given by one of the same name.',
  }),
  'resolve/ambiguous': entry<{ name: string; candidates: readonly string[] }>({
    severity: 'error',
    message: (d) => `'${d.name}' can mean ${d.candidates.join(' or ')}.`,
    help: () => 'Import one of the modules with a prefix (`import … as m`) and write `m.name`; of enum members, compare with or store in something whose type is known.',
    explain: 'Two imported modules declare the name, or two enums have a member of that name and the context does not tell which is meant.',
  }),
  'resolve/wrong-kind': entry<{ name: string; is: string; expected: string }>({
    severity: 'error',
    message: (d) => `'${d.name}' is ${d.is}; expected ${d.expected}.`,
    explain: 'The name exists, but names another kind of thing than what is needed here.',
  }),
  'resolve/recursion': entry<{ cycle: readonly string[] }>({
    severity: 'error',
    message: (d) => `Recursion: ${d.cycle.join(' -> ')}.`,
    help: () => 'Every call is inlined, so that the state stays finite; write a loop, and a map or a sequence for what the stack would hold.',
    explain: 'A procedure, def, constant or type needs itself. Calls are inlined and types are finite, so there is no recursion. Use a loop.',
  }),
  'resolve/context': entry<{ name: string; process: string }>({
    severity: 'error',
    message: (d) => `Process '${d.process}' calls something that reads the context '${d.name}', but has no parameter '${d.name}'.`,
    help: (d) => `Give the process a parameter of that name: \`process p(${d.name} in …)\`.`,
    explain: 'A `context` name is bound by each process that has a parameter of that name. A process that calls something which reads it must have one.',
  }),
  'type/mismatch': entry<{ found: string; expected: string }>({
    severity: 'error',
    message: (d) => `Expected ${d.expected}, found ${d.found}.`,
    explain: 'The type of an expression does not fit the place where it is used.',
  }),
  'type/never-fits': entry<{ found: string; expected: string }>({
    severity: 'error',
    message: (d) => `${d.found.startsWith('the ') ? `T${d.found.slice(1)}` : `A value of ${d.found}`} never fits ${d.expected}.`,
    help: () => 'Widen the range of what is assigned, or correct the value.',
    explain: 'No value of the expression lies in the range of the place it is stored in: every run would err.\n\n```heddle\nvar x: 0..3 = 0\nprocess p { x := 7 }      // error\n```',
  }),
  'type/incomparable': entry<{ left: string; right: string }>({
    severity: 'error',
    message: (d) => `${d.left} and ${d.right} have no value in common, so the comparison says nothing.`,
    explain: 'The two sides of a comparison have types without a common value. It would always be false.',
  }),
  'type/overflow': entry<{ lo: number; hi: number }>({
    severity: 'error',
    message: (d) => `The value can lie between ${d.lo} and ${d.hi}, which leaves 32 bits.`,
    help: () => 'Use smaller ranges, or take a remainder in between.',
    explain: 'Arithmetic is exact in 32 bits. An expression whose value could leave them, judged by the ranges of its operands, is refused.',
  }),
  'type/empty-range': entry<{ lo: number; hi: number }>({
    severity: 'error',
    message: (d) => `The range ${d.lo}..${d.hi} is empty.`,
    explain: 'The lower bound of a range type is above the upper one; no variable could have that type.',
  }),
  'type/too-large': entry<{ what: string; size: string; limit: string }>({
    severity: 'error',
    message: (d) => `${d.what} has ${d.size}; the limit is ${d.limit}.`,
    help: () => 'A model of a protocol needs few values of each kind: two or three show most races. Choose a smaller bound.',
    explain: 'A type is too large for a state that is explored exhaustively. Choose smaller bounds.',
  }),
  'type/needs-range': entry<{ name: string }>({
    severity: 'error',
    message: (d) => `The type of '${d.name}' is not clear.`,
    help: (d) => `Say which values it can have: \`var ${d.name}: 0..3 = …\`.`,
    explain: 'A variable without a type takes that of its initial value, but a bare number does not tell the range, and without a value there is nothing to go by.',
  }),
  'type/not-constant': entry<{ what: string }>({
    severity: 'error',
    message: (d) => `${d.what} must be known before the spec runs: it may use constants and defs, no variables.`,
    explain: 'Bounds of types, sizes of pools, initial values and the sets over which processes are declared are computed before the first state exists. Use `init { }` for what depends on variables.',
  }),
  'type/arguments': entry<{ name: string; expected: number; found: number }>({
    severity: 'error',
    message: (d) => `'${d.name}' takes ${d.expected} argument${d.expected === 1 ? '' : 's'}, found ${d.found}.`,
    explain: 'A call has too many or too few arguments.',
  }),
  'type/not-a-place': entry<Record<string, never>>({
    severity: 'error',
    message: () => 'This cannot be assigned.',
    help: () => 'A variable can, a field of an object or record, or an element of a map: `x`, `cb.state`, `slot[i]`.',
    explain: 'The left side of `:=`, an `inout` argument and the first argument of `cmpxchg`, `xchg` and `fetch_add` must be places: variables, fields, elements of maps. Parameters without `inout` can be assigned; constants, `with` names and `context` names cannot.',
  }),
  'type/misplaced': entry<{ what: string; where: string }>({
    severity: 'error',
    message: (d) => `${d.what} may only stand ${d.where}.`,
    explain: 'Some constructs have a meaning in one place only: a prime in a step invariant, `always` and `~>` in a property, `new` and calls of procedures as the whole right side of an assignment.',
  }),
  'type/constant-error': entry<{ problem: string }>({
    severity: 'error',
    message: (d) => `This constant cannot be computed: ${d.problem}.`,
    explain: 'Computing a constant expression goes wrong (division by zero, a value outside its type …).',
  }),
  'type/no-temporal': entry<{ name: string }>({
    severity: 'error',
    message: (d) => `'${d.name}' has no temporal operator, so it speaks of the initial states only.`,
    help: (d) => `Write \`invariant ${d.name} = …\`, or \`always\` before it.`,
    explain: 'A `property` is a temporal formula. What must be true of every state is an `invariant`.',
  }),
  'ghost/read': entry<{ name: string }>({
    severity: 'error',
    message: (d) => `The program reads the ghost '${d.name}'.`,
    help: () => 'Ghosts exist for properties only: the protocol must not depend on them. Use a `var`.',
    explain: 'A ghost variable records history for properties. A statement of the program may not read it, or the protocol would behave otherwise than the code it models. Statements that write only ghosts, assertions and properties may.',
  }),
  'ghost/mixed': entry<Record<string, never>>({
    severity: 'error',
    message: () => 'One assignment writes ghosts and program variables.',
    help: () => 'Make it two assignments; the one of the ghost joins the step before it.',
    explain: 'A statement writes either ghosts or program variables, so that taking the ghosts away leaves the program.',
  }),
  'ghost/labelled': entry<Record<string, never>>({
    severity: 'error',
    message: () => 'A statement that writes only ghosts has a label.',
    help: () => 'Take the label away: the statement belongs to the step before it.',
    explain: 'A ghost statement is no step of its own, so no process can stand at its label.',
  }),
  'steps/label-in-atomic': entry<{ label: string }>({
    severity: 'error',
    message: (d) => `Label '${d.label}' stands inside \`atomic\`, where no step starts.`,
    explain: 'An `atomic` block is one step, so no process can stand at a label inside it. Put the label before the block.',
  }),
  'steps/label-needed': entry<{ why: string }>({
    severity: 'error',
    message: (d) => `This statement needs a label: ${d.why}.`,
    help: () => 'Under `steps label` steps go from label to label, as in PlusCal.',
    explain: 'Under `steps label` a step runs from label to label. PlusCal demands a label on the first statement of a process or procedure, on `while`, after a call, and after an `if`, `either` or `with` that contains a label, a call, a `goto` or a `return`.',
  }),
  'flow/outside': entry<{ statement: string; where: string }>({
    severity: 'error',
    message: (d) => `\`${d.statement}\` outside of ${d.where}.`,
    explain: '`break` and `continue` belong into a loop, `return` into a procedure, `defer` at the top level of a body.',
  }),
  'flow/unreachable': entry<Record<string, never>>({
    severity: 'warning',
    message: () => 'This statement cannot be reached.',
    help: () => 'What stands before it never goes on.',
    explain: 'The statement follows a `return`, `goto`, `break`, `continue` or an endless loop and has no label.',
  }),
  'flow/unassigned': entry<{ name: string }>({
    severity: 'error',
    message: (d) => `'${d.name}' may be read before it refers to an object.`,
    help: (d) => `Assign it first, or declare it nullable and test it: \`${d.name} != null\`.`,
    explain: 'A local of a pool type has no first value: there may be no object. It must be assigned on every way to a use.',
  }),
  'flow/missing-return': entry<{ name: string }>({
    severity: 'error',
    message: (d) => `'${d.name}' has a result, but can end without \`return\`.`,
    explain: 'Every way through a procedure with a result ends in `return e`.',
  }),
  'flow/unused': entry<{ what: string; name: string }>({
    severity: 'warning',
    message: (d) => `${d.what} '${d.name}' is never used.`,
    help: (d) => `Remove it, or call it \`_${d.name}\`.`,
    explain: 'A declaration that nothing uses is often a slip: a property that was meant to read it, a procedure that was meant to be called. A name that begins with `_` is left alone.',
  }),
  'atomicity/many-accesses': entry<{ accesses: readonly string[] }>({
    severity: 'warning',
    message: (d) => `One step makes ${d.accesses.length} shared accesses (${d.accesses.join(', ')}).`,
    help: () => 'C cannot do that at once: split it into statements, or say `atomic` if the real code is.',
    explain: 'By default a statement is one step, whatever it does. A statement with several shared accesses hides the races between them.\n\n```heddle\nvar x: 0..3 = 0\nprocess p { x := x + 1 }      // warning: reads x, writes x\n```\n\n```heddle\nvar x: 0..3 = 0\nprocess p {\n  var t: 0..3\n  t := x\n  x := t + 1\n}\n```',
  }),
  'lifetime/omniscient': entry<{ pool: string }>({
    severity: 'warning',
    message: (d) => `The program asks for all live objects of '${d.pool}', which no CPU can see.`,
    help: (d) => `Keep a \`set of ${d.pool}\`, as the real code keeps a list; it may hold freed objects, and that is the point.`,
    explain: 'In an expression the name of a pool is the set of its live objects. Properties may use it; real code cannot know it.',
  }),
  'lifetime/stale-compare': entry<Record<string, never>>({
    severity: 'warning',
    message: () => 'A reference to a freed object is compared here.',
    help: () => 'Declare the pool `reuse` in one run: slots are then used again at once, and an ABA problem shows.',
    explain: 'By default a freed slot is not used again while anything refers to it, so a stale reference never equals a new object. Real memory is reused: an address can come back (the ABA problem). A run with `pool P[n] reuse` explores that.\n\n```heddle\npool Node[2] reuse { next: Node? = null }\n```',
  }),
  'fair/interrupted': entry<{ process: string }>({
    severity: 'warning',
    message: (d) => `'${d.process}' is \`fair\`, but is interrupted: it is disabled again and again, and weak fairness then owes it nothing.`,
    help: () => 'Declare it `fair+`.',
    explain: 'Weak fairness is owed to a process that stays enabled. While an interrupt runs, the process it interrupts is disabled, so a stream of interrupts can starve it. Strong fairness (`fair+`) is owed to what is enabled again and again.',
  }),
  'check/unknown-property': entry<{ name: string; near?: string | undefined }>({
    severity: 'error',
    message: (d) => `There is no property '${d.name}'.`,
    help: near,
    explain: '`expect`, `only` and `--property` name an invariant, a step invariant, a temporal property, a named assertion, `deadlock`, or a built-in check such as `null_dereference` or `Cb.use_after_free`.',
  }),
  'check/unknown-constant': entry<{ name: string; near?: string | undefined }>({
    severity: 'error',
    message: (d) => `There is no constant '${d.name}'.`,
    help: near,
    explain: 'A `check` block or `--const` sets a constant that neither the spec nor its imports declare.',
  }),
  'check/twice': entry<{ name: string }>({
    severity: 'error',
    message: (d) => `There are two \`check\` blocks '${d.name}'.`,
    explain: 'The name of a `check` block is how it is asked for and reported; rename one.',
  }),
};
