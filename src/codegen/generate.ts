// From a model and its layout to the text of a JavaScript module: one function for each location of each process, one for each process
// that finds the location, one for each invariant. Small functions, because V8 gives up on large ones (docs/adr/004).

import type { TemporalPlan } from '../checker/liveness/plan.js';
import type { Model, ModelProperty } from '../model/model.js';
import type { Layout } from '../model/layout.js';
import { keptBits } from '../model/layout/kept.js';
import { indexOf, type Index } from '../model/state.js';
import { leakOf } from '../model/system.js';
import { temporalOf } from '../model/temporal.js';
import { typesOf } from '../model/types.js';
import type { Expr, Pool } from '../core/expr.js';
import type { Memory } from './access.js';
import { Emitter } from './emitter.js';
import { conditionJs } from './expression.js';
import { locationJs, standsAt } from './process.js';
import { forgetFunction, leakJs, MAX_SLOTS, propertyScope, reachFunction, STATE, takenFunction } from './objects.js';
import { nilBelow, plainOf } from './representation.js';
import type { Scope } from './scope.js';
import { stepFunction } from './step.js';
import { argumentsOf, BEFORE, BEFORE_HERE, wordNames, type StepUnit } from './step-parts.js';

/** A generated module; plain data that crosses threads. */
export interface GeneratedCode {
  readonly words: number;
  /** The body of a function of one argument, `env` (see instantiate.ts). */
  readonly code: string;
  readonly constants: readonly unknown[];
  /** For each number that is thrown the properties that it violates: the first is the error itself. */
  readonly errors: readonly (readonly number[])[];
  /** For each process the bits that it never changes (see layout/kept.ts). */
  readonly keeps: readonly Int32Array[];
  /** What temporal properties ask; absent when there are none. */
  readonly temporal?: TemporalPlan;
}

/** Undefined when the model has something that is left to the interpreter: a pool of more than 31 objects. */
export function generate(model: Model, layout: Layout): GeneratedCode | undefined {
  return model.pools.some((pool) => pool.size > MAX_SLOTS) ? undefined : new Generator(model, layout).generate();
}

class Generator implements StepUnit {
  readonly index: Index;
  readonly nil: number;
  readonly hasStepInvariants: boolean;
  private readonly constants: unknown[] = [];
  private readonly constantNames = new Map<string, string>();
  private onces = 0;
  private readonly errors: (readonly number[])[] = [];
  private readonly errorNumbers = new Map<string, number>();
  private readonly functions: string[] = [];
  private readonly made = new Set<string>();

  constructor(
    private readonly model: Model,
    readonly layout: Layout,
  ) {
    this.index = indexOf(model);
    this.nil = nilBelow(lowsOfNullables(model));
    this.hasStepInvariants = model.properties.some((p) => p.kind === 'step-invariant');
  }

  constant(value: unknown): string {
    const key = JSON.stringify(value);
    let name = this.constantNames.get(key);
    if (name === undefined) {
      this.constantNames.set(key, (name = `k${this.constants.length}`));
      this.constants.push(value);
    }
    return name;
  }

  once(): string {
    return `o${this.onces++}`;
  }

  error(name: string): number {
    let number = this.errorNumbers.get(name);
    if (number === undefined) {
      this.errorNumbers.set(name, (number = this.errors.length));
      this.errors.push(this.model.properties.flatMap((p, i) => (p.kind === 'builtin' && p.error === name ? [i] : [])));
    }
    return number;
  }

  assertion(name: string): number {
    return this.model.properties.findIndex((p) => p.kind === 'assertion' && p.name === name);
  }

  taken(pool: string, pid: number): string {
    return this.only(`taken_${plain(pool)}_${pid}`, (name) => takenFunction(this, name, this.pool(pool), pid));
  }

  forget(pool: string): string {
    return this.only(`forget_${plain(pool)}`, (name) => forgetFunction(this, name, this.pool(pool)));
  }

  enabled(pid: number): string {
    return this.only(`enabled_${pid}`, (name) => [`function ${name}(A, a) { return canMove(p${pid}, A, a); }`]);
  }

  private pool(name: string): Pool {
    return this.model.pools[this.index.poolNamed(name)]!;
  }

  /** Makes a function the first time that it is asked for. */
  private only(name: string, make: (name: string) => readonly string[]): string {
    if (!this.made.has(name)) {
      this.made.add(name);
      this.functions.push(...make(name));
    }
    return name;
  }

  generate(): GeneratedCode {
    const { model } = this;
    model.instances.forEach((_, pid) => this.process(pid));
    const invariants = model.properties.flatMap((p, i) => this.property(p, i));
    const steps = model.properties.flatMap((p, i) => (p.kind === 'step-invariant' ? [i] : []));
    const terminated = model.instances.map((_, pid) => {
      const rests = this.index.family(pid).locations.flatMap((l, i) => (l.rests ? [i] : []));
      return standsAt(pid, rests, propertyScope(this));
    });
    const temporal = temporalOf(model);
    const temporalLines = temporal === undefined ? [] : this.temporal(temporal.atoms);
    const pids = [...model.instances.keys()];
    const { words } = this.layout;
    const given: Memory = { kind: 'memory', array: 'states', at: 'at' };
    const passed = wordNames(this, given);
    const lines = [
      "'use strict';",
      'const { rt, antecedents, remarks, sites, counts, errors } = env;',
      'const stack = [], saved = [];',
      ...this.constants.map((_, i) => `const k${i} = env.constants[${i}];`),
      ...(this.onces === 0 ? [] : [`let ${Array.from({ length: this.onces }, (_, i) => `o${i} = 0`).join(', ')};`]),
      'let out, notes, limit = 0, muted = false;',
      '',
      ...helpers(words, argumentsOf(this, STATE)),
      ...this.functions,
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
      ...(this.made.has('reach') ? ['  reach(A, a);'] : []),
      ...invariants.map(({ call, property }) => `  if (${call}) found.push(${property});`),
      '}',
      ...(steps.length === 0
        ? []
        : ['function judge(S, b, O, q) {', '  if (muted || same(S, b, O, q)) return;', ...steps.map((i) => `  if (!holds${i}(S, b, O, q)) notes.push(${i}, q);`), '}']),
      `function isTerminated(A, a) { return ${terminated.join(' && ') || 'true'}; }`,
      ...temporalLines,
      `return { successors, successorsOf, violations, isTerminated${temporal === undefined ? '' : ', moves, location, atom'} };`,
    ];
    const code = `${lines.join('\n')}\n`;
    return { words, code, constants: this.constants, errors: this.errors, keeps: keptBits(model, this.layout), ...(temporal === undefined ? {} : { temporal: temporal.plan }) };
  }

  private process(pid: number): void {
    const instance = this.index.instance(pid);
    const family = this.index.family(pid);
    const here = wordNames(this, BEFORE_HERE);
    const s: Scope = { ...propertyScope(this), source: here.length > 0 ? BEFORE_HERE : BEFORE };
    const parameters = [...here, 'S', 'b', 'O', 'q'].join(', ');
    const cases: string[] = [];
    family.locations.forEach(({ entry, name }, location) => {
      if (entry === undefined) return;
      const f = `p${pid}_${location}_${plain(name)}`;
      this.functions.push(...stepFunction(this, f, pid, location));
      const blocked = location === 0 ? instance.beginBlockedBy.map((other) => `!${standsAt(other, [0], s)}`).join(' || ') : '';
      cases.push(`    case ${location}: ${blocked === '' ? '' : `if (${blocked}) return q; `}return ${f}(${parameters});`);
    });
    const blocked = instance.blockedBy.map((other) => `!${standsAt(other, [0], s)}`).join(' || ');
    this.functions.push(
      `function p${pid}(${parameters}) { // ${instance.name}`,
      ...(blocked === '' ? [] : [`  if (${blocked}) return q;`]),
      `  switch (${locationJs(pid, s)}) {`,
      ...cases,
      '    default: return q;',
      '  }',
      '}',
    );
  }

  /** The condition under which a state violates the property, for those that are looked at in states. */
  private property(p: ModelProperty, i: number): readonly { readonly call: string; readonly property: number }[] {
    const leak = leakOf(p);
    if (leak !== undefined) {
      this.only('reach', () => reachFunction(this));
      return [{ call: leakJs(this, this.pool(leak)), property: i }];
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
    this.functions.push(`function ${head}`, ...em.lines, `return ${js};`, '}');
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

/** What every module has. */
function helpers(words: number, stateArguments: string): readonly string[] {
  const each = (line: (i: number) => string, loop: string): readonly string[] => (words <= 16 ? Array.from({ length: words }, (_, i) => `  ${line(i)}`) : [`  for (let i = 0; i < ${words}; i++) ${loop}`]);
  const plus = (name: string, i: number): string => (i === 0 ? name : `${name} + ${i}`);
  return [
    'function begin(target) { out = target; notes = target.notes; limit = target.words.length; }',
    `function advance(q) { q += ${words}; return q + ${words} > limit ? full(q) : q; }`,
    'function full(q) { out.used = q; out.onFull(out); limit = out.words.length; return out.used; }',
    'function copy(S, b, O, q) {',
    ...each((i) => `O[${plus('q', i)}] = S[${plus('b', i)}];`, 'O[q + i] = S[b + i];'),
    '}',
    `function same(S, b, O, q) { for (let i = 0; i < ${words}; i++) if (S[b + i] !== O[q + i]) return false; return true; }`,
    `function save(O, q) { for (let i = 0; i < ${words}; i++) saved.push(O[q + i]); }`,
    `function restore(O, q) { for (let i = ${words - 1}; i >= 0; i--) O[q + i] = saved.pop(); }`,
    `function again(O, q) { for (let i = 0, s = saved.length - ${words}; i < ${words}; i++) O[q + i] = saved[s + i]; }`,
    `function forgetSaved() { saved.length -= ${words}; }`,
    '// A step can have very many ways that lead nowhere.',
    'let ticks = 0;',
    'function tick() { if (++ticks > 4096) { ticks = 0; out.onPoll(); } }',
    '// Tells which sites need not be told of again: none, where they are counted.',
    'function cover(passed, table) {',
    '  if (muted) return 0;',
    '  for (let i = 0; i < table.length; i++) if (passed >>> i & 1) { sites[table[i]] = 1; if (counts !== undefined) counts[table[i]]++; }',
    '  return counts === undefined ? passed : 0;',
    '}',
    'function noted(mask, table, to) { for (let i = 0; i < table.length; i++) if (mask >>> i & 1) notes.push(table[i], to); }',
    'function failed(e) {',
    "  if (typeof e !== 'number') throw e;",
    '  const properties = errors[e];',
    '  for (let i = 1; i < properties.length; i++) notes.push(properties[i], -1);',
    '  notes.push(properties[0], -2);',
    '  out.errors++;',
    '}',
    '// Runs the steps of a process for nothing but to see whether there is one.',
    'function canMove(steps, A, a) {',
    '  const [target, was] = [out, muted];',
    '  begin(env.scratch());',
    '  muted = true;',
    `  const moved = steps(${stateArguments}, out.words, 0) > 0 || out.used > 0 || out.errors > 0;`,
    '  muted = was;',
    '  if (target !== undefined) begin(target);',
    '  return moved;',
    '}',
  ];
}

