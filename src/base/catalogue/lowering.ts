// Messages of lowering: what only the graph of steps shows.
import { entry } from './entry.js';

export const loweringMessages = {
  'steps/label-not-a-state': entry<{ label: string }>({
    severity: 'error',
    message: (d) => `No state can stop at label '${d.label}'.`,
    help: (d) => `'${d.label}' stands on the first statement of a branch, which is made together with the choice. Name a label before the choice, or a second label behind it.`,
    explain: `A choice (\`either\`, \`with\`) is no step of its own: it is made together with the first statement of the branch that is taken. A label
on that statement names the joint step in traces, but no process ever stands there, so \`at(p, label)\` could never be true.

\`\`\`heddle
var x: 0..2 = 0
process p {
  loop {
    either { left: x := 1 } or { right: x := 2 }
  }
}
invariant Never = !at(p, left)      // error: p never stands at 'left'
\`\`\`

Ask for the label of the choice itself:

\`\`\`heddle
var x: 0..2 = 0
process p {
  loop {
    choose: either { left: x := 1 } or { right: x := 2 }
  }
}
invariant Fine = at(p, choose) => x <= 2
\`\`\``,
  }),
  'steps/fairness-of-a-branch': entry<{ label: string }>({
    severity: 'error',
    message: (d) => `The fairness of '${d.label}' cannot be changed: it is a part of another step.`,
    help: (d) => `'${d.label}' is made together with the choice or the label before it. Put \`+\` or \`-\` on that, or a step of its own before '${d.label}'.`,
    explain: `\`name:+\` and \`name:-\` change what fairness owes to the step that starts at the label. The first statement of a branch starts none: it is
made together with the choice, and fairness is owed to the step as a whole. The same is true of a label behind another one, as in
\`a: loop { b:- …\`. It counts in every place where a procedure with such a label is called.

\`\`\`heddle
var hungry: bool = false
fair process cat {
  loop {
    either { sleep:- await !hungry } or { hungry := false }      // error: one step with the choice
  }
}
process day { loop { hungry := true } }
\`\`\`

\`\`\`heddle
var hungry: bool = false
fair process cat {
  loop {
    idle:- either { await !hungry } or { hungry := false }      // the whole choice may be left undone
  }
}
process day { loop { hungry := true } }
\`\`\``,
  }),
  'steps/never-inside': entry<{ process: string; procedure: string; why: 'call' | 'step' }>({
    severity: 'error',
    message: (d) =>
      d.why === 'call' ? `Process '${d.process}' never calls '${d.procedure}', so it is never inside.` : `No state has '${d.process}' inside '${d.procedure}': the whole call is one step.`,
    help: (d) => (d.why === 'call' ? 'Name a process that calls it, or a procedure that this one calls.' : 'A call has begun when its first step is taken. Ask for a label at the call with `at`, or give the procedure a second step.'),
    explain: `\`in(p, f)\` is true in a state in which a call of f by p has begun and not returned. Where no state can be of that kind, it is false for ever, and a
property that speaks of it would hold for no reason: because p does not call f, or because f is atomic, or has one step alone, which begins and ends the call.

\`\`\`heddle
var x: 0..2 = 0
procedure put() {
  x := 1
}
process p { put() }
invariant Quiet = in(p, put) => x == 0      // error: one step, nobody is ever inside
\`\`\`

\`\`\`heddle
var x: 0..2 = 0
procedure put() {
  x := 1
  x := 2
}
process p { put() }
invariant Quiet = in(p, put) => x == 1
\`\`\``,
  }),
  'steps/rest-not-first': entry<Record<string, never>>({
    severity: 'error',
    message: () => '`rest until` is not the first statement of its step.',
    help: () => 'Put a label before it, move it to the front of its `atomic`, or use `await`.',
    explain: `A process whose next step begins with \`rest until\` counts as done: it may wait there for ever without being stuck. In the middle of a
step nothing rests, so \`rest until\` may only open a step, an \`atomic\` or a branch.

\`\`\`heddle
var x: 0..3 = 0
var y: bool = true
process engine {
  loop {
    atomic {
      x := 1 - x
      rest until y      // error: the step has begun already
    }
  }
}
\`\`\`

\`\`\`heddle
var x: 0..3 = 0
var y: bool = true
process engine {
  loop {
    atomic {
      rest until y
      x := 1 - x
    }
  }
}
\`\`\``,
  }),
  'state/too-large': entry<{ variable: string; problem: string }>({
    severity: 'error',
    message: (d) => `'${d.variable}' ${d.problem}.`,
    help: () => 'Choose smaller bounds: two or three of each kind show most races.',
    explain: `Every state is kept whole, so its variables must be small together: a few hundred bits is usual. A set takes a bit for each
possible element, a map as many bits as its values together, and every process has locals of its own.

\`\`\`heddle
var seen: [0..4095 -> 0..65535] = 0      // error: 65,536 bits, and as many again
var done: [0..4095 -> 0..65535] = 0
process p { seen[1] := done[1] }
\`\`\`

\`\`\`heddle
var seen: [0..3 -> 0..7] = 0
process p { seen[1] := 1 }
\`\`\``,
  }),
};
