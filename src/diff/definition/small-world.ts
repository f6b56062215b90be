// Two formulas of two revisions, brought into one small model that has only what they read: their variables (those behind a prime once
// more), the pools whose objects they look into, and for each process where it stands, as far as they can tell. Its states are the
// valuations in which the two are compared; generated code then evaluates both.

import type { Program } from '../../analysis/program.js';
import type { SourceFile } from '../../base/span.js';
import { assert } from '../../base/unreachable.js';
import { bool, range, type Type } from '../../core/type.js';
import type { Bound, Expr, Pool, Variable } from '../../core/expr.js';
import { defaultValue, type Value } from '../../core/value.js';
import { mapSubexpressions, subexpressions } from '../../core/walk.js';
import type { Family, Model, ModelProperty } from '../../model/model.js';
import { answer, keyOf, nameOf, type Question } from './questions.js';
import { mentionsPid, shapeOf } from './shape.js';

/** A revision that was compiled without errors. `files`: that of the call first, then everything that it imports. */
export interface Side {
  readonly name: string;
  readonly program: Program;
  readonly model: Model;
  readonly files: readonly SourceFile[];
}

export interface SmallWorld {
  readonly model: Model;
  /** The variables that say where a process stands: each value has a name. */
  readonly places: ReadonlyMap<Variable, readonly string[]>;
}

/** Why two formulas cannot be compared by their values: what one of the revisions does not have. */
export class NotComparable extends Error {}

export interface Formula {
  readonly side: Side;
  readonly formula: Expr;
}

/**
 * @param free names that are bound outside of the formulas, and the variable that each is; all values of its type count
 * @throws NotComparable
 */
export function smallWorld(older: Formula, newer: Formula, free: ReadonlyMap<Bound, string> = new Map()): SmallWorld {
  const world = new World([older.side, newer.side], free);
  world.collect(older.formula);
  world.collect(newer.formula);
  const formulas = [older, newer].map(({ formula }) => world.translate(formula, false));
  return { model: world.model(formulas), places: world.places };
}

class World {
  readonly places = new Map<Variable, readonly string[]>();
  private readonly variables = new Map<string, Variable>();
  private readonly pools = new Map<string, { readonly pool: Pool; readonly fields: Map<string, Variable> }>();
  private readonly questions = new Map<string, Question>();
  private readonly instances: Model['instances'];

  constructor(
    private readonly sides: readonly [Side, Side],
    private readonly free: ReadonlyMap<Bound, string>,
  ) {
    this.instances = sides[1].model.instances;
  }

  // ---- what is read, and whether both revisions have it

  collect(e: Expr): void {
    switch (e.op) {
      case 'at':
      case 'inProcedure':
      case 'done':
        this.requireQuestion(e);
        this.questions.set(keyOf(e), e);
        break;
      case 'instance':
        this.requireProcess(e.process);
        break;
      case 'enabled':
        this.requirePids();
        break;
      case 'var':
      case 'load':
        this.requireVariable(e.variable);
        break;
      case 'localOf':
        this.requireLocal(e.variable);
        break;
      case 'all':
        this.requireType(e.of);
        break;
      case 'const':
        this.requireType(e.type);
        break;
      default:
        break;
    }
    subexpressions(e).forEach((sub) => this.collect(sub));
  }

  private requireVariable({ name }: Variable): void {
    const [a, b] = this.sides.map((side) => typesOf(side.model).get(name));
    this.requireAlike(name, a, b);
  }

  private requireLocal(variable: Variable): void {
    const process = this.processOf(variable);
    this.requireProcess(process);
    const [a, b] = this.sides.map(({ program }) => localsOf(program, process).find((v) => v.name === variable.name)?.type);
    this.requireAlike(`${process}.${variable.name}`, a, b);
  }

  /** The process whose local it is. */
  private processOf(variable: Variable): string {
    const process = this.sides.flatMap(({ program }) => program.processes).find((p) => p.body.locals.some((l) => l.variable === variable));
    assert(process !== undefined, `${variable.name} is a local`);
    return process.name;
  }

  private requireAlike(name: string, a: Type | undefined, b: Type | undefined): void {
    const lacks = a === undefined ? 0 : b === undefined ? 1 : undefined;
    if (lacks !== undefined) throw new NotComparable(`${this.sides[lacks]!.name} has no \`${name}\``);
    if (shapeOf(a!) !== shapeOf(b!)) throw new NotComparable(`\`${name}\` has another type in ${this.sides[1].name}`);
    if (mentionsPid(a!)) this.requirePids();
  }

  /** Types of constants and of sets of all values matter by their names only as far as both have them alike. */
  private requireType(t: Type): void {
    if (mentionsPid(t)) this.requirePids();
  }

  private requirePids(): void {
    const [a, b] = this.sides.map((side) => side.model.instances.map((i) => i.name).join(' '));
    if (a !== b) throw new NotComparable(`${this.sides[1].name} has other processes`);
  }

  private requireProcess(process: string): void {
    const [a, b] = this.sides.map((side) => pidsOf(side.model, process).map((pid) => side.model.instances[pid]!.name).join(' '));
    const lacks = [a, b].indexOf('');
    if (lacks >= 0) throw new NotComparable(`${this.sides[lacks]!.name} has no \`${process}\``);
    if (a !== b) throw new NotComparable(`${this.sides[1].name} has other instances of \`${process}\``);
  }

  private requireQuestion(e: Question): void {
    if (e.op === 'done') {
      if (e.pid.op === 'instance') this.requireProcess(e.pid.process);
      else this.requirePids();
      return;
    }
    this.requireProcess(e.process);
    const what = e.op === 'at' ? `label \`${e.label}\`` : `procedure \`${e.procedure}\``;
    for (const { model, name } of this.sides) {
      const family = model.families.find((f) => f.name === e.process)!;
      if (!family.locations.some((_, i) => answer(e, family, i))) throw new NotComparable(`${name} has no ${what} in \`${e.process}\``);
    }
  }

  /** The processes that a question may be about. */
  private processesOf(e: Question): readonly string[] {
    if (e.op !== 'done') return [e.process];
    if (e.pid.op === 'instance') return [e.pid.process];
    return this.sides[1].model.families.map((f) => f.name);
  }

  // ---- the formulas, over the variables of the small model

  translate(e: Expr, primed: boolean): Expr {
    const own = (): Expr => mapSubexpressions(e, (sub) => this.translate(sub, primed));
    switch (e.op) {
      case 'prime':
        return this.translate(e.operand, true);
      case 'var':
        return { ...e, variable: this.shared(e.variable.name, e.variable.type, primed) };
      case 'localOf':
        return this.perInstance(e, this.translate(e.pid, primed), [this.processOf(e.variable)], (name) => this.shared(`${name}.${e.variable.name}`, e.variable.type, primed), (variable) => ({ op: 'var', variable, type: e.type, at: e.at }));
      case 'load':
        return { ...e, variable: this.field(e.variable, primed), ref: this.translate(e.ref, primed) };
      case 'live':
        return { ...e, pool: this.pool(e.pool, primed).pool };
      case 'alive':
        return { ...e, pool: this.pool(e.pool, primed).pool, ref: this.translate(e.ref, primed) };
      case 'at':
      case 'inProcedure':
      case 'done':
        return this.asked(e, primed);
      case 'enabled':
        return this.perInstance(e, this.translate(e.pid, primed), this.sides[1].model.families.map((f) => f.name), (name) => this.shared(`enabled(${name})`, bool, primed), (variable) => ({ op: 'var', variable, type: bool, at: e.at }));
      case 'implies': {
        const { site: _, ...rest } = own() as Expr & { readonly op: 'implies' };
        return rest;
      }
      case 'eq':
      case 'binary': {
        const { stale: _, ...rest } = own() as Expr & { readonly op: 'eq' | 'binary'; readonly stale?: Pool };
        return rest as Expr;
      }
      case 'bound': {
        const name = this.free.get(e.bound);
        return name === undefined ? e : { op: 'var', variable: this.shared(name, e.bound.type, false), type: e.type, at: e.at };
      }
      default:
        return own();
    }
  }

  private shared(name: string, type: Type, primed: boolean): Variable {
    const full = primed ? `${name}'` : name;
    let variable = this.variables.get(full);
    if (variable === undefined) this.variables.set(full, (variable = { name: full, type, kind: 'shared', at: NOWHERE }));
    return variable;
  }

  private pool(pool: Pool, primed: boolean): { readonly pool: Pool; readonly fields: Map<string, Variable> } {
    const name = primed ? `${pool.name}'` : pool.name;
    let found = this.pools.get(name);
    if (found === undefined) {
      found = { pool: { name, size: pool.size, reuse: true, noleak: false, fields: [], at: NOWHERE }, fields: new Map() };
      this.pools.set(name, found);
    }
    return found;
  }

  private field(variable: Variable, primed: boolean): Variable {
    const { pool, fields } = this.pool(variable.pool!, primed);
    let field = fields.get(variable.name);
    if (field === undefined) {
      field = { name: variable.name, type: variable.type, kind: 'shared', pool, at: NOWHERE };
      fields.set(variable.name, field);
      (pool.fields as { variable: Variable; initial: Value }[]).push({ variable: field, initial: defaultValue(variable.type) });
    }
    return field;
  }

  /** One expression for each instance that the pid may be, chosen by comparing it. */
  private perInstance(e: Expr, pid: Expr, processes: readonly string[], variableOf: (instance: string) => Variable, read: (variable: Variable) => Expr): Expr {
    const pids = processes.flatMap((process) => pidsOf(this.sides[1].model, process));
    const { at } = e;
    const choices = pids.map((p) => ({ p, value: read(variableOf(this.instances[p]!.name)) })).reverse();
    const [last] = choices;
    assert(last !== undefined, 'there are instances');
    // Even of a single instance the pid is evaluated: its index may be none.
    return (choices.length > 1 ? choices.slice(1) : choices).reduce<Expr>((rest, { p, value }) => {
      const condition: Expr = { op: 'eq', left: pid, right: { op: 'const', value: p, type: pid.type, at }, negated: false, type: bool, at };
      return { op: 'if', condition, then: value, else: rest, type: e.type, at };
    }, last.value);
  }

  private asked(e: Question, primed: boolean): Expr {
    const pid = this.translate(e.pid, primed);
    const read = (variable: Variable): Expr => {
      const names = this.places.get(variable)!;
      const classes = names.flatMap((_, i) => (this.classesOf(variable.name.replace(/'$/, ''))[i]!.has(keyOf(e)) ? [i] : []));
      const set: Type = { kind: 'set', of: variable.type };
      return {
        op: 'binary', operator: 'in', type: bool, at: e.at,
        left: { op: 'var', variable, type: variable.type, at: e.at },
        right: { op: 'const', value: classes, type: set, at: e.at },
      };
    };
    return this.perInstance(e, pid, this.processesOf(e), (name) => this.standing(name, primed), read);
  }

  /** The variable that says where a process stands. Its values are the answers to all questions that go together in some location. */
  private standing(instance: string, primed: boolean): Variable {
    const classes = this.classesOf(instance);
    const variable = this.shared(instance, range(0, classes.length - 1), primed);
    if (!this.places.has(variable)) this.places.set(variable, classes.map((answers) => nameOf([...answers].map((key) => this.questions.get(key)!))));
    return variable;
  }

  private readonly classes = new Map<string, readonly ReadonlySet<string>[]>();

  private classesOf(instance: string): readonly ReadonlySet<string>[] {
    let classes = this.classes.get(instance);
    if (classes === undefined) {
      const found = new Map<string, ReadonlySet<string>>();
      for (const { model } of this.sides) {
        const family = model.families[model.instances.find((i) => i.name === instance)!.family]!;
        const questions = [...this.questions].filter(([, q]) => q.op === 'done' || q.process === family.name);
        family.locations.forEach((_, i) => {
          const answers = questions.flatMap(([key, q]) => (answer(q, family, i) ? [key] : []));
          found.set(answers.join('|'), new Set(answers));
        });
      }
      this.classes.set(instance, (classes = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, answers]) => answers)));
    }
    return classes;
  }

  model(formulas: readonly Expr[]): Model {
    const { families, instances } = this.sides[1].model;
    return {
      name: 'definitions',
      constants: [],
      enums: [],
      pools: [...this.pools.values()].map(({ pool }) => pool),
      variables: [...this.variables.values()].map((variable) => ({ variable, initial: [defaultValue(variable.type)] })),
      families: families.map((family): Family => ({ ...family, locals: [], frames: family.frames.slice(0, 1), nodes: [], locations: [{ name: 'here', at: NOWHERE, frame: 0, rests: true, fairness: 'none' }] })),
      instances: instances.map((i) => ({ ...i, blockedBy: [], beginBlockedBy: [] })),
      properties: formulas.map((formula, i): ModelProperty => ({ kind: 'invariant', name: String(i), at: formula.at, formula })),
      sites: [],
      antecedents: [],
    };
  }
}

const NOWHERE = { file: { path: '', text: '' }, start: 0, end: 0 };

const pidsOf = ({ families, instances }: Model, process: string): readonly number[] => instances.flatMap((i, pid) => (families[i.family]!.name === process ? [pid] : []));

const known = new WeakMap<Model, ReadonlyMap<string, Type>>();

/** The types of shared variables and fields by name. */
function typesOf(model: Model): ReadonlyMap<string, Type> {
  let types = known.get(model);
  if (types === undefined) {
    const variables = [...model.variables, ...model.pools.flatMap((p) => p.fields)].map((v) => v.variable);
    known.set(model, (types = new Map(variables.map((v) => [v.name, v.pool === undefined ? v.type : { kind: 'map', key: { kind: 'ref', pool: v.pool.name, size: v.pool.size }, value: v.type }]))));
  }
  return types;
}

const localsOf = ({ processes }: Program, name: string): readonly Variable[] => processes.find((p) => p.name === name)?.body.locals.map((l) => l.variable) ?? [];
