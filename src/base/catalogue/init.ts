// What a check finds before its first step.
import { entry } from './entry.js';

export const initMessages = {
  'init/no-state': entry<Record<never, never>>({
    severity: 'error',
    message: () => 'The spec has no initial state.',
    help: () => 'An empty set in `var x in S`, or an `init` block that waits for ever, leaves no way to begin.',
    explain: `No combination of initial values and no run of \`init\` gives a state to start from, so there is nothing to check, and every
property would hold for want of a counterexample.

\`\`\`heddle
var x: 0..3 in {}

process p {
  x := 0
}
\`\`\`

Give the variable a value to start with:

\`\`\`heddle
var x: 0..3 in {0, 1}

process p {
  x := 0
}
\`\`\`
`,
  }),
};
