// What the language itself brings: its words and built-in functions, each with a line for hovers and completion.

export interface Builtin {
  readonly parameters: readonly string[];
  readonly result: string;
  readonly about: string;
}

export const BUILTIN_FUNCTIONS: Readonly<Record<string, Builtin>> = {
  at: { parameters: ['p[i]', 'label'], result: 'bool', about: 'The process stands at the label, in any inlined copy of it. In properties.' },
  in: { parameters: ['p[i]', 'procedure'], result: 'bool', about: 'The process is inside a call of the procedure. In properties.' },
  done: { parameters: ['p[i]'], result: 'bool', about: 'The process is at its end or waits at `rest until`. In properties.' },
  enabled: { parameters: ['p[i]'], result: 'bool', about: 'Some step of the process can be taken. In invariants and properties.' },
  alive: { parameters: ['ref'], result: 'bool', about: 'The object has not been freed; false for null.' },
  len: { parameters: ['q'], result: 'number', about: 'How many elements the sequence has.' },
  head: { parameters: ['q'], result: 'element', about: 'The first element; an error on an empty sequence.' },
  tail: { parameters: ['q'], result: 'sequence', about: 'The sequence without its first element; an error on an empty one.' },
  append: { parameters: ['q', 'x'], result: 'sequence', about: 'The sequence with x at its end; an error on a full one.' },
  cmpxchg: { parameters: ['place', 'old', 'new'], result: 'old value', about: 'One step: stores `new` where `old` stands; gives what stood there.' },
  xchg: { parameters: ['place', 'value'], result: 'old value', about: 'One step: stores the value, gives what stood there.' },
  fetch_add: { parameters: ['place', 'n'], result: 'old value', about: 'One step: adds n, gives what stood there.' },
};

/** Words whose meaning is worth a line. */
export const WORDS: Readonly<Record<string, string>> = {
  abstract: 'Left for the importing file to give: by a declaration of the same name, or by `with`.',
  always: 'True in every state from here on.',
  assert: '`assert e` errs where e is false; `assert e as Name` violates the property Name and goes on.',
  atomic: 'Joins statements, or a whole procedure, into one step.',
  await: 'The step is possible only where the condition is true.',
  bool: '`false` or `true`.',
  check: 'A named configuration to run: constants, which properties, what is expected.',
  context: 'A name that each process binds by having a parameter of that name.',
  count: 'How many elements satisfy the condition.',
  deadlock: 'The property that a state in which nothing can move has only processes that are done.',
  def: 'A pure expression with parameters.',
  defer: 'The call runs at the end of the body, after the value of `return` is computed; last first.',
  either: 'One of the branches; the choice is made together with its first statement.',
  eventually: 'True now or in some later state.',
  expect: 'What the spec is known to give: a run is green when what came out is what was expected.',
  extend: 'Adds fields to a pool of an imported module.',
  fair: '`fair`: a step that stays possible is taken. `fair+`: a step that is possible again and again is taken.',
  free: 'Ends the life of an object; using it later is a use after free.',
  ghost: 'A history variable for properties; the program may not read it.',
  init: 'Statements that run once, atomically, to make the initial states.',
  inout: 'The argument is a place; what the procedure stores is stored there.',
  interrupts: 'The process that stands still during an activation.',
  invariant: 'Must be true in every reachable state (`step invariant`: of every step).',
  macro: 'Statements that are substituted where it is used.',
  manual: 'The check runs only when it is asked for.',
  new: 'Takes the lowest free slot of a pool; `new?` gives null when there is none.',
  noleak: 'Adds the property `P.leak`: every live object can be reached.',
  observable: 'Calls and returns are the events that `diff` compares.',
  pid: 'Every process instance of the spec.',
  pool: 'Objects with identity and lifetime, in a fixed number of slots.',
  property: 'A temporal formula.',
  rest: '`rest until e` waits like `await e`, but the process may wait there for ever: it counts as done.',
  reuse: 'A freed slot may be used again at once: looks for ABA.',
  self: 'The `pid` of the process itself.',
  steps: 'The grain of atomicity: `statement` (each shared access one step) or `label` (PlusCal’s rule).',
  touch: 'Checks that the object is alive, and does nothing else.',
  until: '`p until q`: q becomes true, and p is true up to then.',
  with: 'Chooses any element of a set.',
};
