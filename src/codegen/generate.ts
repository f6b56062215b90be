// From a model and its layout to JavaScript: a module, which has a function for each process that finds where it stands, and one for each
// property; and the steps, one function for each location of each process, that are made when a search first comes to them, for it comes to
// a third of those of a large protocol. Small functions, because V8 gives up on large ones (docs/adr/004).

import type { TemporalPlan } from '../checker/liveness/plan.js';
import type { Model, ModelProperty } from '../model/model.js';
import type { Placement } from '../model/layout.js';
import { keptBits } from '../model/layout/kept.js';
import { indexOf, type Index } from '../model/state.js';
import { leakOf } from '../model/system.js';
import { temporalOf } from '../model/temporal.js';
import { typesOf } from '../model/types.js';
import type { Expr } from '../core/expr.js';
import type { Memory } from './access.js';
import { Emitter, indented } from './emitter.js';
import { conditionJs } from './expression.js';
import { HELPERS, helpersOf } from './helpers.js';
import { locationJs, standsAt } from './process.js';
import { forgetFunction, forgetName, holdersOf, leakJs, MAX_SLOTS, propertyScope, reachFunction, STATE, takenFunction, takenName } from './objects.js';
import { nilBelow, plainOf } from './representation.js';
import type { Scope } from './scope.js';
import { stepFunction } from './step.js';
import { argumentsOf, BEFORE, BEFORE_HERE, stepParameters, wordNames, type StepUnit } from './step-parts.js';
import { Text, type GeneratedText } from './text.js';

/** A generated module; plain data that crosses threads. */
export interface GeneratedModule extends GeneratedText {
  readonly words: number;
  /** How many steps there are. */
  readonly steps: number;
  /** For each number that is thrown the properties that it violates: the first is the error itself. */
  readonly errors: readonly (readonly number[])[];
  /** For each process the bits that it never changes (see layout/kept.ts). */
  readonly keeps: readonly Int32Array[];
  /** What temporal properties ask; absent when there are none. */
  readonly temporal?: TemporalPlan;
}

/** Whether code can be made: not where something is left to the interpreter, a pool of more than 31 objects. */
export const canGenerate = (model: Model): boolean => !model.pools.some((pool) => pool.size > MAX_SLOTS);

export class Generator implements StepUnit {
  readonly index: Index;
  readonly nil: number;
  readonly hasStepInvariants: boolean;
  /** The names of the errors that there can be; what is thrown is their number. */
  private readonly errors: readonly string[];
  private text = new Text();

  constructor(
    private readonly model: Model,
    readonly layout: Placement,
  ) {
    this.index = indexOf(model);
    this.nil = nilBelow(lowsOfNullables(model));
    this.hasStepInvariants = model.properties.some((p) => p.kind === 'step-invariant');
    this.errors = [...new Set(model.properties.flatMap((p) => (p.kind === 'builtin' ? [p.error] : [])))];
  }

  constant(value: unknown): string {
    return this.text.constant(value);
  }

  once(): string {
    return this.text.once();
  }

  /** -1 for one that cannot occur in this model. */
  error(name: string): number {
    return this.errors.indexOf(name);
  }

  assertion(name: string): number {
    return this.model.properties.findIndex((p) => p.kind === 'assertion' && p.name === name);
  }

  enabled(pid: number): string {
    return this.text.only(`enabled_${pid}`, (name) => [`function ${name}(A, a) { return canMove(p${pid}, A, a); }`]);
  }

  /** The step of a process at a location: its text returns the function. */
  step(pid: number, location: number): GeneratedText {
    const text = (this.text = new Text());
    const name = `p${pid}_${location}_${plain(this.index.family(pid).locations[location]!.name)}`;
    const [head, ...body] = stepFunction(this, name, pid, location);
    // In parentheses V8 compiles it at once, and need not read it twice.
    return text.around(['rt', 'antecedents', 'remarks', ...this.helpers], [`return (${head!}`, ...body.slice(0, -1), '});']);
  }

  /** What a step gets from the module. */
  private get helpers(): readonly string[] {
    return [...HELPERS, ...(this.hasStepInvariants ? ['judge'] : []), ...this.model.pools.flatMap((pool) => [takenName(this, pool), forgetName(this, pool)])];
  }

  /** The locations from which processes take steps. */
  private get moves(): readonly { readonly pid: number; readonly location: number }[] {
    return [...this.model.instances.keys()].flatMap((pid) => this.index.family(pid).locations.flatMap(({ entry }, location) => (entry === undefined ? [] : [{ pid, location }])));
  }

  /** All there is, as people read it. */
  everything(): string {
    const steps = this.moves.map(({ pid, location }) => this.step(pid, location));
    return indented([this.module(), ...steps].map(({ code }) => code).join('\n'));
  }

  module(): GeneratedModule {
    const { model } = this;
    const text = (this.text = new Text());
    const pids = [...model.instances.keys()];
    const objects = this.objects();
    const processes = pids.flatMap((pid) => this.process(pid));
    const invariants = model.properties.flatMap((p, i) => this.property(p, i));
    const steps = model.properties.flatMap((p, i) => (p.kind === 'step-invariant' ? [i] : []));
    const terminated = model.instances.map((_, pid) => {
      const rests = this.index.family(pid).locations.flatMap((l, i) => (l.rests ? [i] : []));
      return standsAt(pid, rests, propertyScope(this));
    });
    const temporal = temporalOf(model);
    const temporalLines = temporal === undefined ? [] : this.temporal(temporal.atoms);
    const { words } = this.layout;
    const given: Memory = { kind: 'memory', array: 'states', at: 'at' };
    const passed = wordNames(this, given);
    const toStep = stepParameters(this);
    const lines = [
      ...helpersOf(words, argumentsOf(this, STATE)),
      `function stay(${toStep}) { return q; }`,
      '// One place for all processes, where V8 sees at once that it is not always the same step.',
      `function take(step, ${toStep}) { return step(${toStep}); }`,
      ...objects,
      ...processes,
      'function successors(states, at, target) {',
      '  begin(target);',
      '  let q = target.used;',
      ...(passed.length === 0 ? [] : [`  const ${wordNames(this, BEFORE_HERE).map((word, w) => `${word} = ${passed[w]!}`).join(', ')};`]),
      ...pids.map((pid) => `  q = p${pid}(${[...wordNames(this, BEFORE_HERE), 'states', 'at'].join(', ')}, target.words, q);`),
      '  target.used = q;',
      '}',
      'function successorsOf(pid, states, at, target) {',
      '  begin(target);',
      '  switch (pid) {',
      ...pids.map((pid) => `    case ${pid}: target.used = p${pid}(${argumentsOf(this, given)}, target.words, target.used);`).map((line) => `${line} return;`),
      '  }',
      '}',
      'function violations(A, a, found) {',
      ...(this.leaks ? ['  reach(A, a);'] : []),
      ...invariants.map(({ call, property }) => `  if (${call}) found.push(${property});`),
      '}',
      ...(steps.length === 0
        ? []
        : ['function judge(S, b, O, q) {', '  if (muted || same(S, b, O, q)) return;', ...steps.map((i) => `  if (!holds${i}(S, b, O, q)) notes.push(${i}, q);`), '}']),
      `function isTerminated(A, a) { return ${terminated.join(' && ') || 'true'}; }`,
      ...temporalLines,
      `Object.assign(env, { ${this.helpers.join(', ')} });`,
      `return { successors, successorsOf, violations, isTerminated${temporal === undefined ? '' : ', moves, location, atom'} };`,
    ];
    return {
      ...text.around(['rt', 'antecedents', 'remarks', 'sites', 'counts', 'errors', 'step'], lines),
      words,
      steps: this.moves.length,
      errors: this.errors.map((name) => model.properties.flatMap((p, i) => (p.kind === 'builtin' && p.error === name ? [i] : []))),
      keeps: keptBits(model, this.layout),
      ...(temporal === undefined ? {} : { temporal: temporal.plan }),
    };
  }

  private get leaks(): boolean {
    return this.model.properties.some((p) => leakOf(p) !== undefined);
  }

  private objects(): readonly string[] {
    const { pools } = this.model;
    const holders = pools.map((pool) => (pool.reuse && !this.leaks ? [] : holdersOf(this, pool)));
    return [
      ...holders.flat().flatMap(({ lines }) => lines),
      ...pools.flatMap((pool, i) => [...takenFunction(this, pool, holders[i]!), ...forgetFunction(this, pool)]),
      ...(this.leaks ? reachFunction(this, holders) : []),
    ];
  }

  private process(pid: number): readonly string[] {
    const instance = this.index.instance(pid);
    const { locations } = this.index.family(pid);
    const here = wordNames(this, BEFORE_HERE);
    const s: Scope = { ...propertyScope(this), source: here.length > 0 ? BEFORE_HERE : BEFORE };
    const parameters = stepParameters(this);
    const blockedBy = (pids: readonly number[]): string => pids.map((other) => `!${standsAt(other, [0], s)}`).join(' || ');
    const [blocked, beginBlocked] = [blockedBy(instance.blockedBy), blockedBy(instance.beginBlockedBy)];
    const location = `const location = ${locationJs(pid, s)};`;
    // What makes a step stands in its place, so that the call is the same before and after: V8 would throw away what it made of a
    // function that comes to a call for the first time, together with all that this function is part of.
    return [
      `function make${pid}(${parameters}) {`,
      location,
      `return (steps${pid}[location] = step(${pid}, location))(${parameters});`,
      '}',
      `const steps${pid} = [${locations.map(({ entry }) => (entry === undefined ? 'stay' : `make${pid}`)).join(', ')}];`,
      `function p${pid}(${parameters}) { // ${instance.name}`,
      ...(blocked === '' ? [] : [`if (${blocked}) return q;`]),
      location,
      ...(beginBlocked === '' ? [] : [`if (location === 0 && (${beginBlocked})) return q;`]),
      `return take(steps${pid}[location], ${parameters});`,
      '}',
    ];
  }

  /** The condition under which a state violates the property, for those that are looked at in states. */
  private property(p: ModelProperty, i: number): readonly { readonly call: string; readonly property: number }[] {
    const leak = leakOf(p);
    if (leak !== undefined) {
      return [{ call: leakJs(this, this.model.pools[this.index.poolNamed(leak)]!), property: i }];
    }
    if (p.kind !== 'invariant' && p.kind !== 'step-invariant') return [];
    const isStep = p.kind === 'step-invariant';
    const memory = isStep ? ({ source: { kind: 'memory', array: 'S', at: 'b' }, next: { kind: 'memory', array: 'O', at: 'q' } } as const) : {};
    // An evaluation that errs counts as a violation.
    this.formula(`holds${i}(${isStep ? 'S, b, O, q' : 'A, a'}) { // ${p.name}`, p.formula, { ...propertyScope(this), ...memory, fail: () => 'return false;' });
    return isStep ? [] : [{ call: `!holds${i}(A, a)`, property: i }];
  }

  /** A function that evaluates a formula of a property. */
  private formula(head: string, formula: Expr, scope: Scope): void {
    const em = new Emitter();
    const js = conditionJs(formula, scope, em);
    this.text.add([`function ${head}`, ...em.lines, `return ${js};`, '}']);
  }

  /** The functions of TemporalKernel. */
  private temporal(atoms: readonly Expr[]): readonly string[] {
    const names = atoms.map((atom, i) => {
      this.formula(`atom${i}(A, a) {`, atom, { ...propertyScope(this), fail: () => 'return 2;' });
      return `atom${i}`;
    });
    const pids = [...this.model.instances.keys()];
    const location = (pid: number): string => `(A, a) => ${locationJs(pid, propertyScope(this))}`;
    return [
      `const atoms = [${names.join(', ')}];`,
      `const locations = [${pids.map(location).join(', ')}];`,
      'function atom(i, A, a) { return Number(atoms[i](A, a)); }',
      'function location(pid, A, a) { return locations[pid](A, a); }',
      'function moves(pid, S, b, target) {',
      '  muted = true;',
      '  successorsOf(pid, S, b, target);',
      '  muted = false;',
      '}',
    ];
  }
}

const plain = (name: string): string => name.replace(/\W/g, '_');

/** The first values of ranges that may be null anywhere in the model. */
const lowsOfNullables = (model: Model): readonly number[] =>
  [...typesOf(model)].flatMap((t) => {
    const plainType = t.kind === 'nullable' ? plainOf(t) : undefined;
    return plainType?.kind === 'range' ? [plainType.lo] : [];
  });
