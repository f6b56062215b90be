// A model as a TLA+ module and its configuration for TLC, laid out as a person would: constants, variables, types, the initial states, one
// operator for each step, fairness, properties under their own names.

import { positionAt } from '../../base/span.js';
import { assert } from '../../base/unreachable.js';
import type { Expr } from '../../core/expr.js';
import { someExpr } from '../../core/walk.js';
import { showType, type Type } from '../../core/type.js';
import { partsOf, type Value } from '../../core/value.js';
import { interpreterOf } from '../../model/interpret.js';
import type { Model, ModelProperty } from '../../model/model.js';
import { leakOf } from '../../model/system.js';
import { Unsupported } from '../unsupported.js';
import { negated } from './condition.js';
import { tla, type TlaScope } from './expression.js';
import { fairnessLines } from './fairness.js';
import { leakLines } from './leak.js';
import { forTlc } from './temporal.js';
import { actionOf, block, variablesOf, type Incident } from './step.js';
import { familyOf, tlaUnitOf, typeText, valueText, type TlaFamily, type TlaUnit } from './unit.js';

/** How TLC is told of a property. */
export interface TlaProperty {
  /** Index in the model's properties. */
  readonly property: number;
  readonly how: 'invariant' | 'property' | 'deadlock';
  /** The operator that says it; absent for deadlock. */
  readonly name?: string;
  /** Why it is not exported: a clause. */
  readonly unsupported?: string;
}

export interface TlaModule {
  readonly name: string;
  readonly text: string;
  /** The configuration that checks everything. */
  readonly config: string;
  readonly constants: readonly string[];
  readonly properties: readonly TlaProperty[];
  /** For each action, with its argument and without, the instances that may take it. */
  readonly processes: ReadonlyMap<string, readonly number[]>;
}

/** @throws Unsupported */
export function tlaOf(model: Model, about: readonly string[]): TlaModule {
  return new ModuleWriter(model, about).write();
}

class ModuleWriter {
  private readonly unit: TlaUnit;
  private readonly incidents: { readonly family: TlaFamily; readonly incident: Incident }[] = [];

  constructor(
    private readonly model: Model,
    private readonly about: readonly string[],
  ) {
    this.unit = tlaUnitOf(model);
  }

  write(): TlaModule {
    const { unit, model } = this;
    const name = model.name.replace(/\W/g, '_');
    const init = this.init();
    const actions = unit.families.flatMap((family) => ['', ...this.family(family)]);
    const erring = this.erring();
    const properties = this.properties();
    const failing = this.failing();
    const next = this.next(failing.length > 0);
    const spec = fairnessLines(unit);
    const types = this.typeOk();
    const body = [...types, '', ...init, ...actions, ...erring, ...failing, '', ...next, '', ...spec, ...properties.lines];
    const all = body.join('\n');
    const constants = this.constants(/\bNULL\b/.test(all));
    const extended = ['Integers', ...(/\b(Seq|Len|Append|Head|Tail)\b|<<>>/.test(all) ? ['Sequences'] : []), ...(unit.used.has('FiniteSets') ? ['FiniteSets'] : []), ...(/ :> /.test(all) ? ['TLC'] : [])];
    const title = `MODULE ${name}`;
    const dashes = '-'.repeat(Math.max(4, Math.floor((78 - title.length) / 2)));
    const variables = variablesOf(unit);
    const text = [
      `${dashes} ${title} ${dashes}`,
      ...this.about.map((l) => `\\* ${l}`.trimEnd()),
      ...[...unit.renamed].map(([now, was]) => `\\* ${now} is ${was} in the spec.`),
      `EXTENDS ${extended.join(', ')}`,
      '',
      ...constants.lines,
      ...this.variableLines(),
      '',
      `vars == <<${variables.join(', ')}>>`,
      ...this.definitions(),
      '',
      ...body,
      '',
      '='.repeat(2 * dashes.length + title.length + 2),
    ];
    const wanted = properties.exported.filter((p) => p.unsupported === undefined);
    return {
      name,
      text: `${text.join('\n')}\n`,
      config: configOf(constants.names, ['TypeOK', ...wanted.filter((p) => p.how === 'invariant').map((p) => p.name!)], wanted.filter((p) => p.how === 'property').map((p) => p.name!)),
      constants: constants.names,
      properties: properties.exported,
      processes: new Map(unit.families.flatMap((family) => this.movers(family))),
    };
  }

  /** Who may take an action, and who does when it is said with its argument, as in `wait(0)`. */
  private movers(family: TlaFamily): readonly (readonly [string, readonly number[]])[] {
    const { unit, model } = this;
    const own = model.instances.flatMap((instance, pid) => (instance.family === family.number ? [{ instance, pid }] : []));
    return family.locations.flatMap(({ action }) => {
      const type = family.family.parameter?.type;
      const each = type === undefined ? [] : own.map(({ instance, pid }) => [`${action}(${valueText(unit, type, instance.argument)})`, [pid]] as const);
      return [[action, own.map(({ pid }) => pid)] as const, ...each];
    });
  }

  // ---- declarations -----------------------------------------------------------------------------------------------------

  private constants(hasNull: boolean): { readonly lines: readonly string[]; readonly names: readonly string[] } {
    const { unit, model } = this;
    const given = model.constants.map(({ name, type, value }) => ({ name: unit.names.fresh(name), value: valueText(unit, type, value) }));
    const names = [...(hasNull ? ['NULL'] : []), ...given.map((g) => g.name)];
    if (names.length === 0) return { lines: [], names: [] };
    return {
      lines: [
        `CONSTANTS ${names.join(', ')}`,
        '',
        ...(given.length === 0 ? [] : ['\\* The module is written out for these values.', `ASSUME ${given.map((g) => `${g.name} = ${g.value}`).join(' /\\ ')}`, '']),
      ],
      names: [...(hasNull ? ['NULL = NULL'] : []), ...given.map((g) => `${g.name} = ${g.value}`)],
    };
  }

  private variableLines(): readonly string[] {
    const { unit, model } = this;
    const lines: (readonly [string, string])[] = [
      ...model.variables.map(({ variable }) => [unit.variables.get(variable)!, `${variable.kind === 'ghost' ? 'ghost, ' : ''}${showType(variable.type)}`] as const),
      ...model.pools.flatMap((pool) => [
        [unit.pools.get(pool.name)!.live, `the objects of ${pool.name} that are live`] as const,
        ...pool.fields.map(({ variable }) => [unit.variables.get(variable)!, `${showType(variable.type)}, of each ${pool.name}`] as const),
      ]),
      ...unit.families.flatMap((family) => [
        [family.pc, `where ${family.family.name} stands`] as const,
        ...family.family.locals.flatMap((l) => (l.liveAt.length > 0 ? [[unit.variables.get(l.variable)!, `${showType(l.variable.type)}, local to ${family.family.name}`] as const] : [])),
      ]),
    ];
    const width = Math.max(...lines.map(([name]) => name.length)) + 1;
    return ['VARIABLES', ...lines.map(([name, what], i) => `  ${`${name}${i < lines.length - 1 ? ',' : ''}`.padEnd(width)}  \\* ${what}`)];
  }

  private definitions(): readonly string[] {
    const { unit, model } = this;
    const pools = model.pools.map((pool) => `${unit.pools.get(pool.name)!.slots} == 0..${pool.size - 1}`);
    const helpers = [
      ...(unit.used.has('Min') ? ['Min(S_) == CHOOSE x_ \\in S_ : \\A y_ \\in S_ : x_ <= y_'] : []),
      ...(unit.used.has('Max') ? ['Max(S_) == CHOOSE x_ \\in S_ : \\A y_ \\in S_ : x_ >= y_'] : []),
      ...(unit.used.has('Quotient') || unit.used.has('Remainder')
        ? ['\\* As in C: towards zero.', 'Quotient(a_, b_) == IF (a_ < 0) = (b_ < 0) THEN (IF a_ < 0 THEN -a_ ELSE a_) \\div (IF b_ < 0 THEN -b_ ELSE b_) ELSE -((IF a_ < 0 THEN -a_ ELSE a_) \\div (IF b_ < 0 THEN -b_ ELSE b_))']
        : []),
      ...(unit.used.has('Remainder') ? ['Remainder(a_, b_) == a_ - b_ * Quotient(a_, b_)'] : []),
    ];
    const lines = [...pools, ...helpers];
    return lines.length === 0 ? [] : ['', ...lines];
  }

  private typeOk(): readonly string[] {
    const { unit, model } = this;
    const conjuncts = [
      ...model.variables.map(({ variable, initial }) => memberText(unit, unit.variables.get(variable)!, variable.type, initial)),
      ...model.pools.flatMap((pool) => {
        const { slots, live } = unit.pools.get(pool.name)!;
        return [`${live} \\subseteq ${slots}`, ...pool.fields.map(({ variable, initial }) => `${unit.variables.get(variable)!} \\in [${slots} -> ${typeText(unit, loosened(variable.type, [initial]))}]`)];
      }),
      ...unit.families.flatMap((family) => {
        const over = (set: string): string => (family.domain === undefined ? set : `[${family.domain} -> ${set}]`);
        const places = `{${family.locations.map((l) => `"${l.value}"`).join(', ')}}`;
        return [
          `${family.pc} \\in ${over(places)}`,
          ...family.family.locals.flatMap((l) => (l.liveAt.length > 0 ? [`${unit.variables.get(l.variable)!} \\in ${over(localType(unit, l.variable.type, [...l.initial.flat(), ...l.reset]))}`] : [])),
        ];
      }),
    ];
    return ['TypeOK ==', ...conjuncts.map((c) => `  /\\ ${c}`)];
  }

  private init(): readonly string[] {
    const { unit, model } = this;
    if (model.init !== undefined) return this.initStates();
    const among = (name: string, t: Type, values: readonly Value[]): string => {
      const texts = values.map((v) => valueText(unit, t, v));
      return texts.length === 1 ? `${name} = ${texts[0]!}` : `${name} \\in {${texts.join(', ')}}`;
    };
    const conjuncts = [
      ...model.variables.map(({ variable, initial }) => among(unit.variables.get(variable)!, variable.type, initial)),
      ...model.pools.flatMap((pool) => {
        const { slots, live } = unit.pools.get(pool.name)!;
        return [`${live} = {}`, ...pool.fields.map(({ variable, initial }) => `${unit.variables.get(variable)!} = [o_ \\in ${slots} |-> ${valueText(unit, variable.type, initial)}]`)];
      }),
      ...unit.families.flatMap((family) => [
        `${family.pc} = ${overDomain(family, family.instances.map(() => `"${family.locations[0]!.value}"`))}`,
        ...family.family.locals.flatMap((local) => {
          if (local.liveAt.length === 0) return [];
          const name = unit.variables.get(local.variable)!;
          const lists = family.instances.map((i) => local.initial[i.index]!.map((v) => valueText(unit, local.variable.type, v)));
          if (lists.every((l) => l.length === 1)) return [`${name} = ${overDomain(family, lists.map((l) => l[0]!), unit)}`];
          if (family.domain === undefined) return [`${name} \\in {${lists[0]!.join(', ')}}`];
          if (lists.every((l) => l.join() === lists[0]!.join())) return [`${name} \\in [${family.domain} -> {${lists[0]!.join(', ')}}]`];
          throw new Unsupported('a local starts with other values in each process');
        }),
      ]),
    ];
    return ['Init ==', ...conjuncts.map((c) => `  /\\ ${c}`)];
  }

  /** What `init` makes, state by state. */
  private initStates(): readonly string[] {
    const { unit, model } = this;
    const found = new Map<string, readonly string[]>();
    for (const outcome of interpreterOf(model).initial()) {
      if (outcome.kind === 'error' || outcome.violated.length > 0) throw new Unsupported('`init` violates something');
      const { state } = outcome;
      const conjuncts = [
        ...model.variables.map(({ variable }, i) => `${unit.variables.get(variable)!} = ${valueText(unit, variable.type, state.shared[i]!)}`),
        ...model.pools.flatMap((pool, p) => {
          const { slots, live } = unit.pools.get(pool.name)!;
          const fields = pool.fields.map(({ variable }, f) => {
            const texts = state.fields[p]![f]!.map((v) => valueText(unit, variable.type, v));
            const value = texts.every((t) => t === texts[0]) ? `[o_ \\in ${slots} |-> ${texts[0]!}]` : `(${texts.map((t, slot) => `${slot} :> ${t}`).join(' @@ ')})`;
            return `${unit.variables.get(variable)!} = ${value}`;
          });
          return [`${live} = {${state.alive[p]!.flatMap((alive, slot) => (alive ? [String(slot)] : [])).join(', ')}}`, ...fields];
        }),
        ...unit.families.flatMap((family) => {
          const pids = model.instances.flatMap((i, pid) => (i.family === family.number ? [pid] : []));
          return [
            `${family.pc} = ${overDomain(family, pids.map(() => `"${family.locations[0]!.value}"`))}`,
            ...family.family.locals.flatMap((local, l) => (local.liveAt.length === 0 ? [] : [`${unit.variables.get(local.variable)!} = ${overDomain(family, pids.map((pid) => valueText(unit, local.variable.type, state.locals[pid]![l]!)), unit)}`])),
          ];
        }),
      ];
      found.set(conjuncts.join(), conjuncts);
      if (found.size > 500) throw new Unsupported('it has too many initial states to be written out one by one');
    }
    const states = [...found.values()];
    assert(states.length > 0 || model.init !== undefined, 'a state to begin with');
    if (states.length === 0) return ['Init == FALSE'];
    return ['\\* What `init` leaves.', 'Init ==', ...states.flatMap((conjuncts) => block(states.length === 1 ? '  ' : '  \\/ ', conjuncts.map((c) => `/\\ ${c}`)))];
  }

  // ---- steps ------------------------------------------------------------------------------------------------------------

  private family(family: TlaFamily): readonly string[] {
    const heads: string[] = [];
    const lines = family.family.locations.flatMap((location, l) => {
      if (location.entry === undefined) return [];
      const { value, action } = family.locations[l]!;
      const head = family.domain === undefined ? action : `${action}(${family.parameter})`;
      const at = family.domain === undefined ? family.pc : `${family.pc}[${family.parameter}]`;
      const { lines: conjuncts, incidents } = actionOf(this.unit, family, l, this.mayMove(family, l));
      incidents.forEach((incident) => this.incidents.push({ family, incident }));
      heads.push(head);
      return [...this.source(location.at), `${head} ==`, ...[`/\\ ${at} = "${value}"`, ...conjuncts].map((c) => `  ${c}`), ''];
    });
    const step = family.domain === undefined ? family.action : `${family.action}(${family.parameter})`;
    return [...lines, `${step} == ${heads.length === 0 ? 'FALSE' : heads.join(' \\/ ')}`];
  }

  private source({ file, start, end }: ModelProperty['at']): readonly string[] {
    const text = file.text.slice(start, end).split('\n')[0]!.trim();
    return [`\\* ${file.path}:${positionAt(file, start).line}  ${text}`];
  }

  /** What must rest for the process to move. */
  private mayMove(family: TlaFamily, location: number): readonly string[] {
    const rests = (pid: number): string => {
      const instance = this.model.instances[pid]!;
      const other = familyOf(this.unit, instance.family);
      const pc = other.domain === undefined ? other.pc : `${other.pc}[${valueText(this.unit, other.family.parameter!.type, instance.argument)}]`;
      return `${pc} = "${other.locations[0]!.value}"`;
    };
    const lists = family.instances.map((i) => [...i.blockedBy, ...(location === 0 ? i.beginBlockedBy : [])].map(rests).join(' /\\ '));
    if (lists.every((l) => l === '')) return [];
    if (lists.every((l) => l === lists[0])) return [lists[0]!];
    const cases = family.instances.map((i, n) => `${family.parameter} = ${valueText(this.unit, family.family.parameter!.type, i.argument)} -> ${lists[n] === '' ? 'TRUE' : lists[n]!}`);
    return [`CASE ${cases.join(' [] ')}`];
  }

  private each(family: TlaFamily, quantifier: '\\A' | '\\E', body: string): string {
    return family.domain === undefined ? body : `${quantifier} ${family.parameter} \\in ${family.domain} : ${body}`;
  }

  /** Steps that err have no successor; where there is nothing else to do, that is no deadlock. */
  private failing(): readonly string[] {
    const errors = this.incidents.filter(({ incident }) => 'error' in incident.what);
    if (errors.length === 0) return [];
    return ['', '\\* A step that errs has no successor; but where it can be taken there is no deadlock.', 'Failing ==', ...this.whens(errors), '  /\\ UNCHANGED vars'];
  }

  /** For each process whose steps may err: that one does. `enabled` counts it. */
  private erring(): readonly string[] {
    const { unit, model } = this;
    const isAsked = model.properties.some((p) => 'formula' in p && someExpr(p.formula, (e) => e.op === 'enabled'));
    return (isAsked ? unit.families : []).flatMap((family) => {
      const errors = this.incidents.filter((i) => i.family === family && 'error' in i.incident.what);
      if (errors.length === 0) return [];
      const name = unit.names.fresh(`Errs_${family.family.name}`);
      unit.failing.set(family, name);
      return ['', `${name}${family.domain === undefined ? '' : `(${family.parameter})`} ==`, ...errors.map(({ incident }) => `  \\/ ${this.happens(family, incident)}`)];
    });
  }

  private happens(family: TlaFamily, { location, when }: Incident): string {
    const at = family.domain === undefined ? family.pc : `${family.pc}[${family.parameter}]`;
    return `${at} = "${family.locations[location]!.value}" /\\ ${paren(when)}`;
  }

  /** Some incident can happen now: as a list under one conjunct. */
  private whens(incidents: typeof this.incidents): readonly string[] {
    return incidents.map(({ family, incident }, n) => `${n === 0 ? '  /\\ \\/ ' : '     \\/ '}${this.each(family, '\\E', this.happens(family, incident))}`);
  }

  private next(fails: boolean): readonly string[] {
    const done = this.unit.families.map((family) => {
      const at = family.domain === undefined ? family.pc : `${family.pc}[${family.parameter}]`;
      const rests = family.family.locations.flatMap((l, i) => (l.rests ? [`"${family.locations[i]!.value}"`] : []));
      const is = rests.length === 1 ? `${at} = ${rests[0]!}` : `${at} \\in {${rests.join(', ')}}`;
      return this.each(family, '\\A', is);
    });
    const canEnd = this.unit.families.every((family) => family.family.locations.some((l) => l.rests));
    const steps = this.unit.families.map((family) => `(${this.each(family, '\\E', family.domain === undefined ? family.action : `${family.action}(${family.parameter})`)})`);
    const parts = [...steps, ...(canEnd ? ['Terminating'] : []), ...(fails ? ['Failing'] : [])];
    return [
      ...(canEnd ? ['\\* Where every process is done, nothing more has to happen.', 'Terminating ==', ...done.map((d) => `  /\\ ${d}`), '  /\\ UNCHANGED vars', ''] : []),
      ...(parts.length === 1 ? [`Next == ${parts[0]!.slice(1, -1)}`] : ['Next ==', ...parts.map((p) => `  \\/ ${p}`)]),
    ];
  }

  // ---- properties -------------------------------------------------------------------------------------------------------

  private propertyScope(): TlaScope {
    return { unit: this.unit, value: () => undefined, live: () => undefined, bound: new Map(), taken: new Set(), faults: [], path: [] };
  }

  private properties(): { readonly lines: readonly string[]; readonly exported: readonly TlaProperty[] } {
    const lines: string[] = [];
    const exported = this.model.properties.map((p, property): TlaProperty => {
      if (p.kind === 'deadlock') return { property, how: 'deadlock' };
      const formula = p.kind === 'temporal' ? forTlc(p.formula) : undefined;
      // A temporal property that is constant is one of states.
      const how = p.kind === 'step-invariant' || (formula !== undefined && formula.op !== 'const') ? 'property' : 'invariant';
      try {
        const name = this.unit.names.fresh(p.kind === 'builtin' && p.name === p.error ? `No_${p.error}` : p.name);
        lines.push('', ...(p.doc === undefined ? [] : p.doc.split('\n').map((l) => `\\* ${l.trim()}`)), ...this.property(p, name, formula));
        return { property, how, name };
      } catch (error) {
        if (!(error instanceof Unsupported)) throw error;
        lines.push('', `\\* ${p.name} is not here: ${error.reason}.`);
        return { property, how, unsupported: error.reason };
      }
    });
    return { lines, exported };
  }

  private property(p: Exclude<ModelProperty, { readonly kind: 'deadlock' }>, name: string, temporal: Expr | undefined): readonly string[] {
    const leak = leakOf(p);
    if (leak !== undefined) return leakLines(this.unit, leak, name);
    if (p.kind === 'assertion') return this.never(name, (what) => 'assertion' in what && what.assertion === p.name);
    if (p.kind === 'builtin') return this.never(name, (what) => 'error' in what && what.error === p.error);
    const scope = this.propertyScope();
    const text = tla(temporal ?? p.formula, scope);
    if (temporal !== undefined) {
      if (scope.faults.length > 0 || someExpr(temporal, (e) => e.op === 'enabled')) throw new Unsupported('its evaluation may err, or it asks whether a step is enabled');
      return [`${name} == ${text}`];
    }
    // An evaluation that errs counts as a violation.
    const safe = [...scope.faults.map(({ when }) => `${negated(when)} /\\ `), paren(text)].join('');
    if (p.kind === 'invariant') return [`${name} == ${scope.faults.length === 0 ? text : safe}`];
    return [`${name} == [][${scope.faults.length === 0 ? text : safe}]_vars`];
  }

  /** No step does it: as an invariant of the state before. */
  private never(name: string, is: (what: Incident['what']) => boolean): readonly string[] {
    const own = this.incidents.filter(({ incident }) => is(incident.what));
    if (own.length === 0) return [`${name} == TRUE`];
    return ['\\* In the state before the step.', `${name} ==`, ...this.whens(own).map((l, i) => (i === 0 ? l.replace('/\\ \\/', '~ \\/') : l.replace('     \\/', '    \\/')))];
  }
}

const paren = (text: string): string => (/^[\w.]+$/.test(text) ? text : `(${text})`);

/** A reference that has no value yet is null: the type with room for that. */
function loosened(t: Type, held: readonly Value[]): Type {
  switch (t.kind) {
    case 'ref':
      return held.includes(null) ? { kind: 'nullable', of: t } : t;
    case 'record':
      return { ...t, fields: t.fields.map((field, i) => ({ ...field, type: loosened(field.type, held.map((v) => partsOf(v)[i]!)) })) };
    case 'map':
      return { ...t, value: loosened(t.value, held.flatMap((v) => partsOf(v))) };
    default:
      return t;
  }
}

function localType(unit: TlaUnit, t: Type, held: readonly Value[]): string {
  const loose = loosened(t, held);
  return loose.kind === 'nullable' ? `(${typeText(unit, loose)})` : typeText(unit, loose);
}

function memberText(unit: TlaUnit, name: string, t: Type, held: readonly Value[]): string {
  const text = `${name} \\in ${localType(unit, t, held).replace(/^\((.*)\)$/, '$1')}`;
  return t.kind === 'seq' ? `${text} /\\ Len(${name}) <= ${t.max}` : text;
}

/** A value for each instance: plain, or a function. */
function overDomain(family: TlaFamily, texts: readonly string[], unit?: TlaUnit): string {
  if (family.domain === undefined) return texts[0]!;
  if (texts.every((t) => t === texts[0])) return `[${family.parameter} \\in ${family.domain} |-> ${texts[0]!}]`;
  assert(unit !== undefined, 'different values need their keys');
  return `(${texts.map((t, i) => `${valueText(unit, family.family.parameter!.type, family.instances[i]!.argument)} :> ${t}`).join(' @@ ')})`;
}

/** The text of a .cfg file. */
export function configOf(constants: readonly string[], invariants: readonly string[], properties: readonly string[]): string {
  return [
    'SPECIFICATION Spec',
    ...(constants.length === 0 ? [] : ['CONSTANTS', ...constants.map((c) => `  ${c}`)]),
    ...(invariants.length === 0 ? [] : ['INVARIANTS', ...invariants.map((i) => `  ${i}`)]),
    ...(properties.length === 0 ? [] : ['PROPERTIES', ...properties.map((p) => `  ${p}`)]),
    '',
  ].join('\n');
}

