// Messages about what a spec asks: accesses in one step, lifetimes, fairness, `check` blocks and `expect`.
import { entry } from './entry.js';
import { heddle, near, page } from './page.js';

const interrupted = (fair: string): string =>
  heddle('var ticks: 0..3 = 0', 'var done_work: bool = false', `${fair} process task { done_work := true }`, 'process irq interrupts task { atomic { ticks := (ticks + 1) % 4 } }');

export const propertyMessages = {
  'atomicity/many-accesses': entry<{ accesses: readonly string[] }>({
    severity: 'warning',
    message: (d) => `One step makes ${d.accesses.length} shared accesses (${d.accesses.join(', ')}).`,
    help: () => 'C cannot do that at once: split it into statements, or say `atomic` if the real code is.',
    explain: page(
      'By default a statement is one step, whatever it does. A statement with several shared accesses hides the races between them.',
      heddle('var x: 0..3 = 0', 'process p { x := (x + 1) % 4 }      // warning: reads x, writes x'),
      heddle('var x: 0..3 = 0', 'process p {', '  var t: 0..3 = 0', '  t := x', '  x := (t + 1) % 4', '}'),
    ),
  }),
  'lifetime/omniscient': entry<{ pool: string }>({
    severity: 'warning',
    message: (d) => `The program asks for all live objects of '${d.pool}', which no CPU can see.`,
    help: (d) => `Keep a \`set of ${d.pool}\`, as the real code keeps a list; it may hold freed objects, and that is the point.`,
    explain: page(
      'In an expression the name of a pool is the set of its live objects. Properties may use it; real code cannot know it.',
      heddle('pool Cb[2] { armed: bool = false }', 'process p { with cb in Cb { cb.armed := true } }      // warning'),
      heddle('pool Cb[2] { armed: bool = false }', 'var queue: set of Cb = {}', 'process p { with cb in queue { touch cb } }'),
    ),
  }),
  'lifetime/stale-compare': entry<Record<string, never>>({
    severity: 'warning',
    message: () => 'A reference to a freed object is compared here.',
    help: () => 'Declare the pool `reuse` in one run: slots are then used again at once, and an ABA problem shows.',
    explain: page(
      'By default a freed slot is not used again while anything refers to it, so a stale reference never equals a new object. Real memory is reused: an address can come back (the ABA problem). A run with `pool P[n] reuse` explores that.',
      heddle('pool Node[2] { next: Node? = null }', 'var top: Node? = null', 'process p {', '  var n: Node', '  n := new Node { }', '  top := n', '  free n', '  await top == n      // warning', '}'),
      heddle('pool Node[2] reuse { next: Node? = null }', 'var top: Node? = null', 'process p {', '  var n: Node', '  n := new Node { }', '  top := n', '  free n', '  await top == n', '}'),
    ),
  }),
  'fair/interrupted': entry<{ process: string }>({
    severity: 'warning',
    message: (d) => `'${d.process}' is \`fair\`, but is interrupted: it is disabled again and again, and weak fairness then owes it nothing.`,
    help: () => 'Declare it `fair+`.',
    explain: page(
      'Weak fairness is owed to a process that stays enabled. While an interrupt runs, the process it interrupts is disabled, so a stream of interrupts can starve it. Strong fairness (`fair+`) is owed to what is enabled again and again.',
      interrupted('fair'),
      interrupted('fair+'),
    ),
  }),
  'fair/none': entry<{ name: string }>({
    severity: 'warning',
    message: (d) => `'${d.name}' is a temporal property, and no process of the spec is \`fair\`.`,
    help: () => 'Every process may stop for ever, so hardly anything ever has to happen. Declare processes `fair` that keep running.',
    explain: page(
      'A behaviour may stutter for ever in any state, unless fairness forbids it. Without any fair process, the behaviour in which nothing happens at all is one of them, and whatever a property wants to happen need not.',
      heddle('var x: 0..1 = 0', 'process p { x := 1 }', 'property Done = eventually x == 1      // warning, and violated'),
      heddle('var x: 0..1 = 0', 'fair process p { x := 1 }', 'property Done = eventually x == 1'),
    ),
  }),
  'fair/interrupt-circle': entry<{ circle: readonly string[] }>({
    severity: 'error',
    message: (d) => `Interrupts in a circle: ${d.circle.join(' interrupts ')}.`,
    help: () => 'An interrupt names what stands still while it runs: a task, or an interrupt of lower priority.',
    explain: page(
      'A process stands still while what interrupts it runs, and that is transitive. One that interrupts itself, directly or through others, could never go on.',
      heddle('var x: 0..1 = 0', 'process nmi interrupts irq { x := 1 }', 'process irq interrupts nmi { x := 0 }      // error'),
      heddle('var x: 0..1 = 0', 'process task { await x == 1 }', 'process nmi interrupts irq { x := 1 }', 'process irq interrupts task { x := 0 }'),
    ),
  }),
  'check/unknown-property': entry<{ name: string; near?: string | undefined }>({
    severity: 'error',
    message: (d) => `There is no property '${d.name}'.`,
    help: near,
    explain: page(
      '`expect`, `only` and `--property` name an invariant, a step invariant, a temporal property, a named assertion, `deadlock`, or a built-in check such as `null_dereference` or `Cb.use_after_free`.',
      heddle('var x: 0..3 = 0', 'invariant Small = x < 3', 'expect Smal holds      // error'),
      heddle('var x: 0..3 = 0', 'invariant Small = x < 3', 'expect Small holds'),
    ),
  }),
  'check/unknown-constant': entry<{ name: string; near?: string | undefined }>({
    severity: 'error',
    message: (d) => `There is no constant '${d.name}'.`,
    help: near,
    explain: page(
      'A `check` block or `--const` sets a constant that neither the spec nor its imports declare.',
      heddle('const CPUS: 1..4 = 2', 'invariant Some = CPUS > 0', 'check large { CPU = 4 }      // error'),
      heddle('const CPUS: 1..4 = 2', 'invariant Some = CPUS > 0', 'check large { CPUS = 4 }'),
    ),
  }),
  'check/constant-value': entry<{ option: string; name: string; expected: string }>({
    severity: 'error',
    message: (d) => `The value that \`${d.option}\` gives '${d.name}' is none of ${d.expected}.`,
    help: () => 'Choose a value of the constant’s type, or widen the type.',
    explain: page(
      'A `check` block or `--const NAME=VALUE` sets a constant to a value that is not of the type it is declared with. The declaration says which sizes the spec was made for.',
      heddle('const CPUS: 1..4 = 2', 'invariant Some = CPUS > 0', 'check large { CPUS = 9 }      // error'),
      heddle('const CPUS: 1..4 = 2', 'invariant Some = CPUS > 0', 'check large { CPUS = 4 }'),
    ),
  }),
  'check/contradiction': entry<{ name: string; what: string }>({
    severity: 'error',
    message: (d) => `'${d.name}' is ${d.what} in one place.`,
    help: () => 'Take one of them away.',
    explain: page(
      'One `check` block sets a constant twice, or one place (the file, or a block) expects a property both to hold and to be violated. A block may override what the file expects.',
      heddle('var x: 0..3 = 0', 'process p { x := 1 }', 'invariant Zero = x == 0', 'expect Zero violated', 'expect Zero holds      // error'),
      heddle('var x: 0..3 = 0', 'process p { x := 1 }', 'invariant Zero = x == 0', 'expect Zero violated'),
    ),
  }),
  'check/twice': entry<{ name: string }>({
    severity: 'error',
    message: (d) => `There are two \`check\` blocks '${d.name}'.`,
    help: () => 'Rename one of them.',
    explain: page(
      'The name of a `check` block is how it is asked for and reported.',
      heddle('const CPUS: 1..4 = 2', 'invariant Some = CPUS > 0', 'check quick { CPUS = 1 }', 'check quick { CPUS = 2 }      // error'),
      heddle('const CPUS: 1..4 = 2', 'invariant Some = CPUS > 0', 'check quick { CPUS = 1 }', 'check usual { CPUS = 2 }'),
    ),
  }),
};
