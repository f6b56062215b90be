// One action: the step that begins at a location, as a list of conjuncts. The way through the step is followed with the values that variables
// have on it, so that every condition speaks of the state before the step. Where it errs, or fails a named assertion, is collected beside it.

import { assert } from '../../base/unreachable.js';
import type { Place, Pool, Variable } from '../../core/expr.js';
import { mentionsPool } from '../../core/type.js';
import type { Node } from '../../model/model.js';
import { Unsupported } from '../unsupported.js';
import { closed, decided, operand, opposite, plain } from './condition.js';
import { bindName, keyText, liveSlot, tight, tla, type TlaFault, type TlaScope } from './expression.js';
import { referencesText, withoutText } from './references.js';
import { valueText, type TlaFamily, type TlaUnit } from './unit.js';

/** When a step of the process, in the state before it, does something that a property looks at. */
export interface Incident {
  readonly what: { readonly error: string } | { readonly assertion: string };
  readonly location: number;
  /** A condition on the state before the step, about the process of the family's parameter. */
  readonly when: string;
}

export interface Action {
  /** The conjuncts, with their indentation, without where the process stands. */
  readonly lines: readonly string[];
  readonly incidents: readonly Incident[];
}

/** Lines of an action. */
const LONGEST = 1500;
const MOST_ROUNDS = 40;

interface Way {
  /** What variables hold now; of a local, the own value. */
  readonly values: ReadonlyMap<Variable, string>;
  readonly live: ReadonlyMap<string, string>;
  readonly path: readonly string[];
  /** Named assertions that were passed: where on the path, and when they fail. */
  readonly asserts: readonly { readonly at: number; readonly property: string; readonly fails: string }[];
  readonly taken: ReadonlySet<string>;
  readonly rounds: ReadonlyMap<number, number>;
}

export function actionOf(unit: TlaUnit, family: TlaFamily, location: number, may: readonly string[]): Action {
  return new ActionWriter(unit, family, location).write(may);
}

class ActionWriter {
  private readonly incidents: Incident[] = [];
  private written = 0;

  constructor(
    private readonly unit: TlaUnit,
    private readonly family: TlaFamily,
    private readonly location: number,
  ) {}

  write(may: readonly string[]): Action {
    const { family } = this.family;
    const values = new Map<Variable, string>();
    // Locals that matter within the step only begin as they are reset.
    for (const local of family.locals) if (local.liveAt.length === 0) values.set(local.variable, this.resetText(local.variable));
    const way: Way = { values, live: new Map(), path: [...may], asserts: [], taken: new Set([this.family.parameter]), rounds: new Map() };
    const lines = [...may.map((m) => `/\\ ${m}`), ...this.follow(family.locations[this.location]!.entry!, way)];
    return { lines, incidents: this.incidents };
  }

  private scope(way: Way): TlaScope & { readonly faults: TlaFault[] } {
    return {
      unit: this.unit,
      family: this.family,
      value: (variable) => way.values.get(variable),
      live: (pool) => way.live.get(pool),
      bound: new Map(),
      taken: way.taken,
      faults: [],
      path: [],
    };
  }

  /** The conjuncts that say what may not go wrong here, and the way behind them. */
  private checked(way: Way, faults: readonly TlaFault[]): { readonly lines: readonly string[]; readonly way: Way } {
    let path = way.path;
    const lines: string[] = [];
    for (const { when, error } of faults) {
      this.incident({ ...way, path: [...path, when] }, { error });
      const fine = opposite(when);
      path = [...path, fine];
      lines.push(`/\\ ${fine}`);
    }
    return { lines, way: { ...way, path } };
  }

  private incident(way: Way, what: Incident['what'] | undefined): void {
    const { path, asserts } = way;
    const add = (conditions: readonly string[], w: Incident['what']): void => void this.incidents.push({ what: w, location: this.location, when: conditions.length === 0 ? 'TRUE' : closed(conditions.slice(0, -1), conditions.at(-1)!) });
    if (what !== undefined) add(path, what);
    for (const { at, property, fails } of asserts) add([...path.slice(0, at), fails, ...path.slice(at)], { assertion: property });
  }

  private follow(id: number, way: Way): readonly string[] {
    if (++this.written > LONGEST) throw new Unsupported(`a step of ${this.family.family.name} is too long to be written as one action`);
    const node = this.family.family.nodes[id]!;
    const scope = this.scope(way);
    switch (node.op) {
      case 'stop':
        this.incident(way, undefined);
        return this.after(way, node.location);
      case 'branch': {
        const condition = tla(node.condition, scope);
        const { lines, way: fine } = this.checked(way, scope.faults);
        const known = decided(condition);
        if (known !== undefined) return [...lines, ...this.follow(known ? node.then : node.else, fine)];
        const then = this.follow(node.then, { ...fine, path: [...fine.path, condition] });
        const otherwise = this.follow(node.else, { ...fine, path: [...fine.path, opposite(condition)] });
        return [...lines, `/\\ IF ${condition}`, ...block('      THEN ', then), ...block('      ELSE ', otherwise)];
      }
      case 'await': {
        const condition = tla(node.condition, scope);
        const { lines, way: fine } = this.checked(way, scope.faults);
        if (decided(condition) === true) return [...lines, ...this.follow(node.next, fine)];
        return [...lines, `/\\ ${condition}`, ...this.follow(node.next, { ...fine, path: [...fine.path, condition] })];
      }
      case 'assert': {
        const condition = tla(node.condition, scope);
        const { lines, way: fine } = this.checked(way, scope.faults);
        if (decided(condition) === true) return [...lines, ...this.follow(node.next, fine)];
        if (node.property !== undefined) {
          return [...lines, ...this.follow(node.next, { ...fine, asserts: [...fine.asserts, { at: fine.path.length, property: node.property, fails: opposite(condition) }] })];
        }
        const held = this.checked(fine, [{ when: opposite(condition), error: 'assertion' }]);
        return [...lines, ...held.lines, ...this.follow(node.next, held.way)];
      }
      case 'either':
        // An alternative that no constant allows: the step cannot be taken.
        if (node.branches.length === 0) return ['/\\ FALSE'];
        return node.branches.length === 1 ? this.follow(node.branches[0]!, way) : node.branches.flatMap((branch, i) => block(i === 0 ? '/\\ \\/ ' : '   \\/ ', this.follow(branch, way)));
      case 'pick': {
        const set = tight(node.set, scope);
        const { lines, way: fine } = this.checked(way, scope.faults);
        const { name } = bindName(scope, { name: node.variable.name.slice(node.variable.name.lastIndexOf('.') + 1), type: node.variable.type });
        const quantifier = `\\E ${name} \\in ${set}`;
        const inner: Way = { ...fine, path: [...fine.path, quantifier], values: this.stored(fine, node.variable, name), taken: new Set([...fine.taken, name]) };
        return [...lines, `/\\ ${quantifier} :`, ...this.follow(node.next, inner).map((l) => `      ${l}`)];
      }
      case 'assign': {
        const targets = node.targets.map((target) => ({ target, path: this.placePath(target, scope) }));
        const values = node.values.map((value) => tla(value, scope));
        this.sameTwice(targets, scope);
        const { lines, way: fine } = this.checked(way, scope.faults);
        const after = targets.reduce<Way>((w, { target, path }, i) => ({ ...w, values: this.assigned(w, target, path, values[i]!) }), fine);
        return [...lines, ...this.follow(node.next, after)];
      }
      case 'reset':
        return this.follow(node.next, { ...way, values: node.locals.reduce<ReadonlyMap<Variable, string>>((values, v) => new Map(values).set(v, this.resetText(v)), way.values) });
      case 'new':
        return this.allocate(node, way);
      case 'free':
      case 'touch': {
        const slot = tla(node.ref, scope);
        if (node.ref.type.kind === 'nullable') scope.faults.push({ when: `${slot} = NULL`, error: 'null_dereference' });
        const live = way.live.get(node.pool.name) ?? this.unit.pools.get(node.pool.name)!.live;
        scope.faults.push({ when: `${slot} \\notin ${live}`, error: `${node.pool.name}.${node.op === 'free' ? 'double_free' : 'use_after_free'}` });
        const { lines, way: fine } = this.checked(way, scope.faults);
        return [...lines, ...this.follow(node.next, node.op === 'touch' ? fine : this.freed(fine, node.pool, slot, live))];
      }
      case 'call':
      case 'return':
        return this.follow(node.next, way);
      case 'loop': {
        const rounds = (way.rounds.get(id) ?? 0) + 1;
        if (rounds > MOST_ROUNDS) throw new Unsupported(`a step of ${this.family.family.name} goes round a loop that cannot be unrolled`);
        return this.follow(node.next, { ...way, rounds: new Map(way.rounds).set(id, rounds) });
      }
    }
  }

  // ---- values ---------------------------------------------------------------------------------------------------------

  private stored(way: Way, variable: Variable, value: string): ReadonlyMap<Variable, string> {
    return new Map(way.values).set(variable, value);
  }

  /** What the variable holds now: all of it, of a local the own value. */
  private now(way: Way, variable: Variable): string {
    return way.values.get(variable) ?? this.before(variable);
  }

  private before(variable: Variable): string {
    const name = this.unit.variables.get(variable);
    assert(name !== undefined, `${variable.name} is a variable of the module`);
    return variable.kind === 'local' || this.isOwn(variable) ? (this.family.domain === undefined ? name : `${name}[${this.family.parameter}]`) : name;
  }

  private isOwn = (variable: Variable): boolean => this.family.family.locals.some((l) => l.variable === variable);

  /** The way into a value: `[k].f`. */
  private placePath(place: Place, scope: TlaScope): string {
    let { type } = place.variable;
    return place.path
      .map((step) => {
        if (step.kind === 'object') return `[${liveSlot(place.variable, step.ref, scope)}]`;
        if (step.kind === 'index') {
          const text = `[${keyText(step.key, step.index, scope)}]`;
          if (type.kind === 'map') type = type.value;
          return text;
        }
        assert(type.kind === 'record', 'a record');
        const field = type.fields[step.field]!;
        type = field.type;
        return `.${field.name}`;
      })
      .join('');
  }

  private assigned(way: Way, target: Place, path: string, value: string): ReadonlyMap<Variable, string> {
    if (path === '') return this.stored(way, target.variable, operand(value));
    const now = this.now(way, target.variable);
    return this.stored(way, target.variable, `[${this.withoutException(target.variable, path, now)} EXCEPT !${path} = ${plain(operand(value))}]`);
  }

  /** The same place again: what was stored there before does not matter any more. */
  private withoutException(variable: Variable, path: string, now: string): string {
    if (!this.unit.variables.has(variable)) return now;
    const again = `[${this.before(variable)} EXCEPT !${path} = `;
    return now.startsWith(again) && !now.slice(again.length).includes('EXCEPT') ? this.before(variable) : now;
  }

  private resetText(variable: Variable): string {
    const local = this.family.family.locals.find((l) => l.variable === variable)!;
    const texts = this.family.instances.map((instance) => valueText(this.unit, variable.type, local.reset[instance.index] ?? null));
    if (texts.every((t) => t === texts[0])) return texts[0]!;
    const cases = this.family.instances.map((instance, i) => `${this.family.parameter} = ${valueText(this.unit, this.family.family.parameter!.type, instance.argument)} -> ${texts[i]!}`);
    return `(CASE ${cases.join(' [] ')})`;
  }

  private sameTwice(targets: readonly { readonly target: Place; readonly path: string }[], scope: TlaScope): void {
    targets.forEach(({ target: b, path: right }, second) => {
      for (const { target: a, path: left } of targets.slice(0, second)) {
        if (a.variable !== b.variable) continue;
        if (a.path.some((s, i) => { const t = b.path[i]; return s.kind === 'field' && t?.kind === 'field' && s.field !== t.field; })) continue;
        const [x, y] = [left, right].map((p) => [...p.matchAll(/\[([^[\]]*(?:\[[^\]]*\][^[\]]*)*)\]/g)].map((m) => m[1]!));
        const same = x!.flatMap((k, i) => (y![i] === undefined || y![i] === k ? [] : [`${k} = ${y![i]!}`]));
        scope.faults.push({ when: same.length === 0 ? 'TRUE' : same.join(' /\\ '), error: 'assigned_twice' });
      }
    });
  }

  // ---- objects --------------------------------------------------------------------------------------------------------

  private freed(way: Way, pool: Pool, slot: string, live: string): Way {
    const values = pool.fields.reduce<ReadonlyMap<Variable, string>>(
      (map, { variable, initial }) => new Map(map).set(variable, `[${map.get(variable) ?? this.before(variable)} EXCEPT ![${slot}] = ${valueText(this.unit, variable.type, initial)}]`),
      way.values,
    );
    return { ...way, values, live: new Map(way.live).set(pool.name, `(${live} \\ {${slot}})`) };
  }

  private allocate(node: Node & { readonly op: 'new' }, way: Way): readonly string[] {
    const { unit } = this;
    const { pool } = node;
    const scope = this.scope(way);
    const path = this.placePath(node.target, scope);
    const fields = node.fields.map(({ variable, value }) => ({ variable, value: tla(value, scope) }));
    const { lines, way: checkedWay } = this.checked(way, scope.faults);
    const names = unit.pools.get(pool.name)!;
    const live = way.live.get(pool.name) ?? names.live;
    const held = pool.reuse ? [] : this.holders(way, pool.name);
    const free = `${names.slots} \\ ${held.length === 0 ? live : `(${[live, ...held].join(' \\cup ')})`}`;
    const freeName = unit.names.bound('free', way.taken);
    const letFree = `LET ${freeName} == ${free} IN`;
    const inner: Way = { ...checkedWay, path: [...checkedWay.path, letFree], taken: new Set([...way.taken, freeName]) };
    unit.used.add('Min');
    const slot = `Min(${freeName})`;
    const made = (w: Way): readonly string[] => {
      let { values } = w;
      for (const { variable } of this.ghosts(pool.name)) values = this.forgotten(values, variable, pool.name, slot);
      for (const { variable, value } of fields) values = new Map(values).set(variable, `[${values.get(variable) ?? this.before(variable)} EXCEPT ![${slot}] = ${plain(operand(value))}]`);
      const after: Way = { ...w, values, live: new Map(w.live).set(pool.name, `(${live} \\cup {${slot}})`) };
      return this.follow(node.next, { ...after, values: this.assigned(after, node.target, path, slot) });
    };
    if (node.optional) {
      const some = made({ ...inner, path: [...inner.path, `${freeName} # {}`] });
      const none = this.follow(node.next, { ...inner, path: [...inner.path, `${freeName} = {}`], values: this.assigned(inner, node.target, path, 'NULL') });
      return [...lines, `/\\ ${letFree}`, `      IF ${freeName} # {}`, ...block('      THEN ', some), ...block('      ELSE ', none)];
    }
    const fine = this.checked(inner, [{ when: `${freeName} = {}`, error: `${pool.name}.exhausted` }]);
    return [...lines, `/\\ ${letFree}`, ...[...fine.lines, ...made(fine.way)].map((l) => `      ${l}`)];
  }

  /** Everything that the program holds of a pool now. */
  private holders(way: Way, pool: string): readonly string[] {
    const { unit } = this;
    const isHolder = (v: Variable): boolean => v.kind !== 'ghost' && mentionsPool(v.type, pool);
    const texts: (string | undefined)[] = unit.model.variables.filter(({ variable }) => isHolder(variable)).map(({ variable }) => referencesText(unit, variable.type, this.now(way, variable), pool));
    for (const family of unit.families) {
      for (const { variable, liveAt } of family.family.locals) {
        if (!isHolder(variable)) continue;
        const isOwn = family === this.family;
        if (liveAt.length === 0) {
          if (isOwn && way.values.get(variable) !== this.resetText(variable)) texts.push(referencesText(unit, variable.type, this.now(way, variable), pool));
          continue;
        }
        const name = unit.variables.get(variable)!;
        if (family.domain === undefined) texts.push(referencesText(unit, variable.type, isOwn ? this.now(way, variable) : name, pool));
        else {
          const all = isOwn && way.values.has(variable) ? `[${name} EXCEPT ![${family.parameter}] = ${way.values.get(variable)!}]` : name;
          texts.push(`UNION {${referencesText(unit, variable.type, `${all}[p_]`, pool)!} : p_ \\in ${family.domain}}`);
        }
      }
    }
    for (const p of unit.model.pools) {
      const live = way.live.get(p.name) ?? unit.pools.get(p.name)!.live;
      for (const { variable } of p.fields) if (isHolder(variable)) texts.push(`UNION {${referencesText(unit, variable.type, `${this.now(way, variable)}[o_]`, pool)!} : o_ \\in ${live}}`);
    }
    return texts.filter((t) => t !== undefined);
  }

  private ghosts(pool: string): readonly { readonly variable: Variable }[] {
    const { model } = this.unit;
    const all = [...model.variables, ...model.pools.flatMap((p) => p.fields), ...this.unit.families.flatMap((f) => f.family.locals)];
    return all.filter(({ variable }) => variable.kind === 'ghost' && mentionsPool(variable.type, pool));
  }

  private forgotten(values: ReadonlyMap<Variable, string>, variable: Variable, pool: string, slot: string): ReadonlyMap<Variable, string> {
    const { unit } = this;
    const home = unit.index.home(variable);
    if (home.kind === 'local') return this.forgottenLocal(values, variable, home.family.locals[home.index]!.liveAt.length > 0, pool, slot);
    const now = values.get(variable) ?? this.before(variable);
    if (home.kind === 'shared') return new Map(values).set(variable, withoutText(unit, variable.type, now, pool, slot));
    const slots = unit.pools.get(variable.pool!.name)!.slots;
    return new Map(values).set(variable, `[o_ \\in ${slots} |-> ${withoutText(unit, variable.type, `${now}[o_]`, pool, slot)}]`);
  }

  private forgottenLocal(values: ReadonlyMap<Variable, string>, variable: Variable, isState: boolean, pool: string, slot: string): ReadonlyMap<Variable, string> {
    const { unit } = this;
    const isOwn = this.isOwn(variable);
    // What matters within a step only is nothing to other processes.
    if (!isState && !isOwn) return values;
    const family = unit.families.find((f) => f.family.locals.some((l) => l.variable === variable));
    if (isState && family?.domain !== undefined) throw new Unsupported('a ghost local refers to objects');
    return new Map(values).set(variable, withoutText(unit, variable.type, values.get(variable) ?? unit.variables.get(variable)!, pool, slot));
  }

  // ---- the state after the step -----------------------------------------------------------------------------------------

  private after(way: Way, location: number): readonly string[] {
    const { unit, family } = this;
    const values = new Map(way.values);
    for (const local of family.family.locals) {
      const isDead = local.liveAt.length > 0 && !local.liveAt.includes(location);
      if (isDead && (values.has(local.variable) || local.liveAt.includes(this.location))) values.set(local.variable, this.resetText(local.variable));
    }
    const changed = new Map<string, string>();
    for (const [variable, value] of values) {
      const name = unit.variables.get(variable);
      if (name === undefined || value === this.before(variable)) continue;
      changed.set(name, this.isOwn(variable) && family.domain !== undefined ? ownExcept(name, family.parameter, value) : plain(value));
    }
    for (const [pool, value] of way.live) changed.set(unit.pools.get(pool)!.live, plain(value));
    if (location !== this.location) {
      const value = `"${family.locations[location]!.value}"`;
      changed.set(family.pc, family.domain === undefined ? value : `[${family.pc} EXCEPT ![${family.parameter}] = ${value}]`);
    }
    const same = variablesOf(unit).filter((name) => !changed.has(name));
    const unchanged = same.length === 0 ? [] : [`/\\ UNCHANGED ${same.length === 1 ? same[0]! : `<<${same.join(', ')}>>`}`];
    return [...[...changed].map(([name, value]) => `/\\ ${name}' = ${value}`), ...unchanged];
  }
}

/** `[t EXCEPT ![i] = …]`, and `[t EXCEPT ![i][k] = …]` where the own value is one with an exception. */
function ownExcept(name: string, parameter: string, value: string): string {
  const nested = `[${name}[${parameter}] EXCEPT !`;
  return value.startsWith(nested) ? `[${name} EXCEPT ![${parameter}]${value.slice(nested.length)}` : `[${name} EXCEPT ![${parameter}] = ${plain(value)}]`;
}

/** The module's variables, in the order of their declaration. */
export function variablesOf(unit: TlaUnit): readonly string[] {
  const { model } = unit;
  return [
    ...model.variables.map(({ variable }) => unit.variables.get(variable)!),
    ...model.pools.flatMap((pool) => [unit.pools.get(pool.name)!.live, ...pool.fields.map(({ variable }) => unit.variables.get(variable)!)]),
    ...unit.families.flatMap((family) => [family.pc, ...family.family.locals.flatMap((l) => (l.liveAt.length > 0 ? [unit.variables.get(l.variable)!] : []))]),
  ];
}

/** A list of conjuncts behind something that it is indented under. */
export function block(head: string, lines: readonly string[]): readonly string[] {
  const shown = lines.length === 0 ? ['TRUE'] : lines;
  return shown.map((line, i) => `${i === 0 ? head : ' '.repeat(head.length)}${line}`);
}
