// Diagnostics about the call and its files, as far as they belong to one file: they stand in its place in the output.
import { entry } from './entry.js';

export const cliMessages = {
  'file/unreadable': entry<{ path: string; problem: string }>({
    severity: 'error',
    message: (d) => `Cannot read ${d.path}: ${d.problem}.`,
    explain: `A file that the call names could not be read: it does not exist, it is not a text file in UTF-8, or permission is missing.

\`\`\`
heddle check specs/no-such-file.heddle
\`\`\`

Check the path; paths are relative to the folder that you stand in. A folder may be given, too: then every spec under it is checked.
`,
  }),
  'file/nothing-to-run': entry<{ path: string }>({
    severity: 'error',
    message: (d) => `There is nothing to run in ${d.path}: it has neither a process nor a \`check\` block.`,
    help: () => 'A module is checked through a spec that imports it and has processes.',
    explain: `A spec is run by its processes. A file with neither a process nor a \`check\` block is a module for other files to import.

\`\`\`heddle
const LIMIT: 1..4 = 2

var level: 0..4 = 0

invariant Bounded = level <= LIMIT
\`\`\`

Add a process, or check a spec that imports the file:

\`\`\`heddle
const LIMIT: 1..4 = 2

var level: 0..4 = 0

process pump {
  while level < LIMIT {
    atomic { level := level + 1 }
  }
}

invariant Bounded = level <= LIMIT
\`\`\`
`,
  }),
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
