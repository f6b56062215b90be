// Warnings that a complete search gives: what it never did.
import { entry } from './entry.js';

export const coverageMessages = {
  'coverage/unreached-step': entry<{ name: string }>({
    severity: 'warning',
    message: (d) => `Step \`${d.name}\` was never reached.`,
    help: () => 'No behaviour of the model comes here: a bound may be too small, a condition too strong, or the code is dead.',
    explain: `The search visited every reachable state, and no behaviour executed this step. What the properties say about it was
therefore never put to the test: the run is green, but not because this code is right.

\`\`\`heddle
var full: bool = false
var drops: 0..3 = 0

process producer {
  full := true
  if !full {
    drops := 1        // never reached: nobody empties the buffer
  }
}

invariant FewDrops = drops < 2
\`\`\`

Look for a constant that is too small (one task, one slot), a condition that cannot be true, or a process that is missing:

\`\`\`heddle
var full: bool = false
var drops: 0..3 = 0

process producer {
  full := true
  if !full {
    drops := 1
  }
}

process consumer {
  full := false
}

invariant FewDrops = drops < 2
\`\`\`
`,
  }),
  'coverage/vacuous': entry<{ property: string; operator: '=>' | '~>' }>({
    severity: 'warning',
    message: (d) => `The left side of this \`${d.operator}\` in ${d.property} was never true.`,
    help: () => 'So the right side was never looked at: the property holds without saying anything here.',
    explain: `An invariant \`a => b\` holds in every state in which \`a\` is false. The search visited every reachable state, and \`a\` was
false in all of them, so \`b\` was never put to the test. The same goes for \`a ~> b\` in a temporal property.

\`\`\`heddle
enum Phase { IDLE, BUSY, FAILED }

var phase: Phase = IDLE
var held: bool = false

process worker {
  phase := BUSY
  held := true
}

invariant ReleasedOnFailure = phase == FAILED => !held      // nothing ever fails
\`\`\`

Either the antecedent is wrong (a name mixed up, a condition too strong) or the model lacks the behaviour that the invariant is about:

\`\`\`heddle
enum Phase { IDLE, BUSY, FAILED }

var phase: Phase = IDLE
var held: bool = false

process worker {
  either {
    phase := BUSY
    held := true
  } or {
    phase := FAILED
  }
}

invariant ReleasedOnFailure = phase == FAILED => !held
\`\`\`
`,
  }),
};
