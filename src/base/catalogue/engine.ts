// Diagnostics about other checkers: what an export cannot say, and tools that are missing or fail.
import { entry } from './entry.js';
import { heddle, page } from './page.js';

export const engineMessages = {
  'engine/unsupported': entry<{ language: string; reason: string }>({
    severity: 'error',
    message: (d) => `The spec cannot be written in ${d.language}: ${d.reason}.`,
    help: () => 'Smaller constants often help; the built-in engine checks every spec.',
    explain: page(
      'An export writes every value, choice and process out in another language, which has less to say it with. What is too large to be written out one by one is refused, rather than left out.',
      'Promela has integers of 32 bits and no quantifiers: Heddle writes `forall` and `with` out over the values there are, up to 300 of them, a step in up to 600 ways, and up to 250 processes.',
      heddle('var x: 0..5000 = 0', '', 'process p {', '  with n in 0..5000 { x := n }', '}'),
      '`heddle check --engine spin` and `heddle export --to promela` refuse this one; with `0..50` they do not. docs/export.md lists the limits.',
    ),
  }),
  'engine/missing': entry<{ tool: string; need: string }>({
    severity: 'error',
    message: (d) => `${d.tool} is not there.`,
    help: (d) => d.need,
    explain: `\`--engine spin\` and \`--engine tlc\` run a checker that does not come with Heddle.

* Spin: the programs \`spin\` (6.5) and \`gcc\` must be found in PATH. On Debian and Ubuntu: \`apt install spin gcc\`.
* TLC: \`java\` must be found in PATH, and the variable \`TLA2TOOLS_JAR\` must name the file \`tla2tools.jar\`
  (https://github.com/tlaplus/tlaplus/releases).

\`\`\`
heddle check specs/classic/peterson.heddle --engine spin
\`\`\`
`,
  }),
  'engine/version': entry<{ tool: string; found: string; wanted: string }>({
    severity: 'error',
    message: (d) => `${d.tool} ${d.found} is too old: Heddle needs ${d.wanted}.`,
    help: (d) => `Install ${d.tool} ${d.wanted}.`,
    explain: `Heddle reads what Spin and TLC print, and uses what their newer versions can do: Spin 6.4 or later, and a TLC of 2020 or later.

\`\`\`
spin -V
java -cp "$TLA2TOOLS_JAR" tlc2.TLC -help
\`\`\`
`,
  }),
  'engine/failed': entry<{ tool: string; doing: string; said: string }>({
    severity: 'error',
    message: (d) => `${d.tool} ended without a result while ${d.doing}.`,
    help: (d) => (d.said === '' ? 'It said nothing.' : `It said: ${d.said}`),
    explain: `The other checker was started and came to no result: it crashed, refused the exported model, or printed something that Heddle cannot read.
Nothing is known about the spec then, and nothing is reported as holding.

Export the model to see what the tool was given, and run it by hand:

\`\`\`
heddle export spec.heddle --to promela --out .
spin -a spec.pml && gcc -DSAFETY -DNOREDUCE -o pan pan.c && ./pan
\`\`\`

If the exported model is wrong, that is a bug in Heddle: please report it with the spec.
`,
  }),
};
