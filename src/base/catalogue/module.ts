// Messages about modules: files, imports, what is given for abstract declarations.
import { entry } from './entry.js';
import { heddle, near, page } from './page.js';

const ring = heddle('// ring.heddle', 'const SIZE: 1..4', 'var used: 0..SIZE = 0', 'invariant Fits = used <= SIZE');
const worker = heddle('// worker.heddle', 'abstract procedure work(n: 0..3)', 'process worker { work(1) }');

export const moduleMessages = {
  'module/not-found': entry<{ path: string; near?: string | undefined }>({
    severity: 'error',
    message: (d) => `There is no module '${d.path}'.`,
    help: (d) => near(d) ?? 'A path that begins with `./` or `../` is a file beside this one; any other names a module of the library, such as "kernel/rcu".',
    explain: page('An import names a file that does not exist.', heddle('import "kernel/rcv"      // error'), heddle('import "kernel/rcu"')),
  }),
  'module/cycle': entry<{ cycle: readonly string[] }>({
    severity: 'error',
    message: (d) => `Modules import each other in a circle: ${d.cycle.join(' -> ')}.`,
    help: () => 'Move what they share into a module that both import.',
    explain: page(
      'Two or more files import each other, directly or through others; or a file imports itself.',
      heddle('// ping.heddle', 'import "./pong"'),
      heddle('// pong.heddle', 'import "./ping"      // error'),
      heddle('import "./ping"'),
      'Move what they share into a file that imports neither:',
      heddle('// shared.heddle', 'var turn: 0..1 = 0'),
      heddle('import "./shared"', 'process p { turn := 1 }'),
    ),
  }),
  'module/unknown-binding': entry<{ name: string; near?: string | undefined }>({
    severity: 'error',
    message: (d) => `The module has no abstract declaration and no constant '${d.name}' that \`with\` could give.`,
    help: near,
    explain: page(
      '`import "x" as y with T = Cb` gives a type or procedure that the module leaves `abstract`, or sets a constant of it. The name must be one of those.',
      ring,
      heddle('import "./ring" as r with SIZ = 2      // error'),
      heddle('import "./ring" as r with SIZE = 2'),
    ),
  }),
  'module/does-not-fit': entry<{ name: string; kind: string; abstract: string; problem: string }>({
    severity: 'error',
    message: (d) => `'${d.name}' cannot be used as ${d.kind} '${d.abstract}' that the module leaves abstract: ${d.problem}.`,
    explain: page(
      'What gives an abstract declaration, by `with` or by having its name, must be of the same kind, and a procedure must have the same parameters and a result where one is wanted.',
      worker,
      heddle('import "./worker"', 'procedure work() { skip }      // error: no parameter'),
      heddle('import "./worker"', 'var last: 0..3 = 0', 'procedure work(n: 0..3) { last := n }'),
    ),
  }),
};
