// A model as the text of a Promela model. Each instance of a process is a Promela process, whose loop offers every step with its guard; where it
// stands is in `pc`. A further process, the observer, looks at every state and moves nothing.

import { positionAt, type Location } from '../../base/span.js';
import { showType } from '../../core/type.js';
import { showValue } from '../../core/value.js';
import type { Family, Model } from '../../model/model.js';
import { Unsupported } from '../unsupported.js';
import { Body, type BodyUnit } from './body.js';
import { bytesOf, declaration, type Initial } from './declare.js';
import { enabledTerm, mayMove, waysFrom, type StepScope } from './enabled.js';
import { beginningsOf, firstSteps, initialCell, type Beginnings } from './initial.js';
import { cell, present, type Column, type Memory } from './memory.js';
import { findLost, findSlot, forgetSlot } from './objects.js';
import { brokenText, fairRun, owedIn, temporalLines, turnLines, turnsOf, type Owed } from './fairness.js';
import { before, exportedProperties, type ExportedProperty, type WrittenProperty } from './property.js';
import type { Scope } from './scope.js';
import { all, any, compare, not, number, YES, type Term } from './term.js';
import { readInC, stateDefinition } from './state-formula.js';
import { truthIn } from './truth.js';
import { liveOf, savedColumn, stateColumns, unitOf, type Unit } from './unit.js';

export interface PromelaModel {
  readonly text: string;
  readonly properties: readonly ExportedProperty[];
  /** Before the initial states there is one more, in which nothing has begun. */
  readonly hasRoot: boolean;
  /** The number of the observer's process; the instances come before it. */
  readonly observer: number;
  /** Bytes of its variables. */
  readonly stateBytes: number;
  /** Looking for deadlocks needs a run of its own, with -DDEADLOCKS. */
  readonly hasLeaks: boolean;
  /** Each state comes so often, at most, in the search of temporal properties. */
  readonly temporalFactor: number;
}

/** Promela has room for 255 processes. */
const MOST_PROCESSES = 250;

/** @throws Unsupported when the model says something that cannot be written in Promela */
export function promelaOf(model: Model, about: readonly string[]): PromelaModel {
  if (model.instances.length > MOST_PROCESSES) throw new Unsupported(`it has ${model.instances.length} processes, and Spin has room for ${MOST_PROCESSES}`);
  return new Printer(model, about).print();
}

class Printer {
  private readonly unit: Unit;
  private readonly beginnings: Beginnings;
  private readonly properties: readonly WrittenProperty[];
  /** Fairness, where some temporal property is exported. */
  private readonly owed: Owed | undefined;
  private readonly inlines = new Map<string, readonly string[]>();
  private readonly slots: Column[] = [];
  private labels = 0;
  private readonly env: BodyUnit;

  constructor(
    private readonly model: Model,
    private readonly about: readonly string[],
  ) {
    this.unit = unitOf(model);
    this.beginnings = beginningsOf(this.unit);
    const properties = exportedProperties(this.unit, (memory, next) => this.propertyScope(memory, next), this.begun);
    const owed = this.owedTo(properties);
    this.owed = owed instanceof Unsupported ? undefined : owed;
    this.properties = owed instanceof Unsupported ? properties.map((p) => (p.temporal === undefined ? p : withoutClaim(p, owed.reason))) : properties;
    this.env = this.bodyUnit();
  }

  print(): PromelaModel {
    const { model, unit, beginnings } = this;
    const hasRoot = !beginnings.isFixed;
    const families = model.families.map((family, f) => ({ family, f })).filter(({ f }) => model.instances.some((i) => i.family === f));
    const processes = families.sort((a, b) => unit.firstPid(a.family) - unit.firstPid(b.family)).flatMap(({ f }) => ['', ...this.process(f)]);
    const observer = this.observer();
    const temporal = this.temporal();
    const helpers = this.helpers();
    const unread = this.unread([...helpers, ...processes, ...observer].join('\n'));
    const lines = [
      ...comment(this.about),
      '',
      ...this.definitions(),
      '',
      ...this.variables(beginnings),
      ...helpers,
      ...temporal,
      ...processes,
      '',
      ...observer.slice(0, -2),
      ...unread,
      ...observer.slice(-2),
    ];
    return {
      text: `${lines.join('\n')}\n`,
      properties: this.properties.map(({ term: _, temporal: __, ...property }) => property),
      hasRoot,
      stateBytes: stateColumns(unit).reduce((sum, c) => sum + c.size * bytesOf(c), 0),
      observer: model.instances.length,
      temporalFactor: this.owed === undefined ? 1 : turnsOf(this.owed),
      hasLeaks: this.properties.some(({ kind }) => kind === 'leak'),
    };
  }

  /** Fairness matters to temporal properties only. */
  private owedTo(properties: readonly WrittenProperty[]): Owed | Unsupported | undefined {
    if (properties.every((p) => p.temporal === undefined)) return undefined;
    try {
      return owedIn(this.unit, this.stepScope);
    } catch (error) {
      if (error instanceof Unsupported) return error;
      throw error;
    }
  }

  // ---- scopes -----------------------------------------------------------------------------------------------------------

  private readonly stepScope: StepScope = (family, self, memory) => ({
    unit: this.unit,
    memory,
    ...(self === undefined ? {} : { self }),
    family,
    bound: new Map(),
    path: () => number(1),
    faults: [],
    enabled: this.enabled,
  });

  private propertyScope(memory: Memory, next?: Memory): Scope {
    return { unit: this.unit, memory, ...(next === undefined ? {} : { next }), bound: new Map(), path: () => number(1), faults: [], enabled: this.enabled };
  }

  private readonly enabled = (pid: number, memory: Memory): Term => enabledTerm(this.unit, this.stepScope, pid, memory);

  private bodyUnit(): BodyUnit {
    const { unit } = this;
    return {
      unit,
      judge: (family, location, written, stays) => this.judge(family, location, written, stays),
      report: (what) =>
        this.properties
          .flatMap(({ property, flag }) => {
            const p = this.model.properties[property]!;
            const isIt = 'error' in what ? p.kind === 'builtin' && p.error === what.error : p.kind === 'assertion' && p.name === what.assertion;
            return isIt ? [`violated(${flag});`] : [];
          })
          .join(' '),
      findSlot: (pool, own) => {
        const found = this.model.pools.find((p) => p.name === pool)!;
        if (own.length > 0) return findSlot(unit, found, own);
        const name = `find_slot_${pool.replace(/\W/g, '_')}()`;
        if (!this.inlines.has(name)) this.inlines.set(name, findSlot(unit, found, []));
        return [`${name};`];
      },
      forgetSlot: (pool) => forgetSlot(unit, this.model.pools.find((p) => p.name === pool)!),
      temporary: (i) => {
        while (this.slots.length <= i) this.slots.push({ name: unit.names.fresh(`tmp_${this.slots.length}`), size: 1, lo: -(2 ** 31), hi: 2 ** 31 - 1, isTruth: false, isHidden: true });
        return this.slots[i]!;
      },
      saved: (column) => savedColumn(unit, column),
      label: (wish) => `${wish}_${++this.labels}`,
    };
  }

  /**
   * Step invariants after a step: what it has not changed is as it was before, which makes most of them true at sight. A step that changes nothing
   * violates none, and fairness does not count it.
   */
  private judge(family: number, location: number, written: ReadonlySet<Column>, stays: boolean): { readonly copies: readonly Column[]; readonly lines: readonly string[] } {
    const { unit } = this;
    const copies = new Set<Column>();
    const lines: string[] = [];
    const cells = [...written].flatMap((column) => Array.from({ length: column.size }, (_, i) => ({ column, i })));
    const changed = stays ? any(cells.map(({ column, i }) => compare('!=', cell(column, number(i)), cell(savedColumn(unit, column), number(i))))) : number(1);
    for (const { kind, flag, term, property } of this.properties) {
      const p = this.model.properties[property]!;
      if (kind !== 'step-invariant' || term === undefined || p.kind !== 'step-invariant') continue;
      const holds = truthIn(p.formula, this.propertyScope(before(unit, written, copies), present));
      if (holds.known === 1) continue;
      if (stays) written.forEach((column) => copies.add(column));
      const isBad = all([{ text: flag, level: 12 }, not(holds), changed]);
      if (isBad.known !== 0) lines.push(`if :: ${isBad.text} -> violated(${flag}) :: else fi;`);
    }
    for (const turn of changed.known === 0 ? [] : (this.owed?.turns(family, location, this.selfOf(family)) ?? [])) {
      if (stays) written.forEach((column) => copies.add(column));
      lines.push(changed.known === 1 ? `took(${turn.text});` : `if :: ${changed.text} -> took(${turn.text}) :: else fi;`);
    }
    return { copies: lines.length === 0 ? [] : [...copies], lines };
  }

  // ---- declarations -----------------------------------------------------------------------------------------------------

  private definitions(): readonly string[] {
    const { unit, model } = this;
    const constants = model.constants.map(({ name, type, value }) => `${name} = ${showValue(type, value)}`);
    return [
      ...(constants.length === 0 ? [] : [`/* Constants: ${constants.join(', ')}. */`]),
      `#define null ${unit.nil}`,
      ...unit.definitions.map(({ name, value, what }) => `#define ${name} ${value}   /* ${what} */`),
    ];
  }

  private variables({ isFixed, states }: Beginnings): readonly string[] {
    const { unit, model } = this;
    const hasRoot = !isFixed;
    const initial: Initial = (column, index) => initialCell(states[0]!, column, index);
    const declared = (variable: Parameters<typeof unit.storages.get>[0], note: string): string[] =>
      (unit.storages.get(variable)?.columns ?? []).filter((c) => !c.isHidden && c.size > 0).map((c, i) => `${declaration(c, initial, hasRoot)}${i === 0 && note !== '' ? `   /* ${note} */` : ''}`);
    return [
      ...model.variables.flatMap(({ variable }) => declared(variable, showType(variable.type))),
      ...model.pools.flatMap((pool, p) => [
        `${declaration(unit.live[p]!, initial, hasRoot)}   /* which of the ${pool.size} slots of ${pool.name} hold a live object */`,
        ...pool.fields.flatMap(({ variable }) => declared(variable, showType(variable.type))),
      ]),
      ...model.families.flatMap((family) => family.locals.flatMap(({ variable }) => declared(variable, `${showType(variable.type)}, of each ${family.name}`))),
      `${declaration(unit.pc, hasRoot ? () => unit.unborn : () => 0, false)}   /* where each process stands */`,
    ];
  }

  /** After everything else is known: what is hidden, and the inlines that are used. */
  private helpers(): readonly string[] {
    const { unit } = this;
    const hidden = (column: Column): string => `hidden int ${column.name}${column.size === 1 ? '' : `[${column.size}]`};`;
    const flags = this.properties.filter(({ unsupported, temporal, term }) => unsupported === undefined && (temporal === undefined || term !== undefined));
    const definitions = this.properties.flatMap(({ definition, term }) => (definition === undefined || term === undefined ? [] : [`#define ${definition} (${term.text})`]));
    const pids = this.model.instances.map(({ family }, pid) => ({ pid, family: this.model.families[family]! }));
    const rests = all(pids.map(({ pid, family }) => any(family.locations.flatMap((l, i) => (l.rests ? [compare('==', cell(unit.pc, number(pid)), unit.location(family, i))] : [])))));
    return [
      '',
      '/* Not part of the state: what a step works with, and which properties have held so far. */',
      ...[...unit.temporaries.filter((c) => c.size > 0), ...this.slots, ...unit.copies.values()].map(hidden),
      'hidden int taken;',
      'hidden int slot;',
      ...flags.map(({ flag }) => `hidden byte ${flag} = true;`),
      '',
      '/* A violation is reported once. Run pan with -c0 to hear of all properties. */',
      ...this.unlessTemporal(['inline violated(holds) { if :: holds -> holds = false; assert(holds) :: else fi }'], ['#define violated(holds) skip']),
      '',
      ...definitions,
      `#define rests (${rests.text})`,
      ...[...this.inlines].flatMap(([name, lines]) => ['', `inline ${name} {`, ...lines.map((l) => `  ${l}`), '}']),
    ];
  }

  /** What is there only in the search of temporal properties. */
  private temporal(): readonly string[] {
    const { owed, unit } = this;
    if (owed === undefined) return [];
    const assumed = fairRun(owed) === undefined ? '' : 'fair -> ';
    const formulas = this.properties.flatMap(({ temporal, claim }) => {
      if (temporal === undefined || claim === undefined) return [];
      const formula = assumed === '' ? temporal.text : `${assumed}(${temporal.text})`;
      return [...temporal.definitions.flatMap(({ name, term }) => stateDefinition(unit, name, term.text)), `ltl ${claim} { ${formula} }`];
    });
    return ['', ...temporalLines(unit, owed, formulas)];
  }

  /** True after the state before the initial ones. */
  private get begun(): Term {
    return this.beginnings.isFixed ? YES : compare('!=', cell(this.unit.pc, number(0)), number(this.unit.unborn));
  }

  /** Lines for every search but that of temporal properties, and what stands there instead. */
  private unlessTemporal(lines: readonly string[], temporal: readonly string[]): readonly string[] {
    return this.owed === undefined ? lines : ['#ifdef TEMPORAL', ...temporal, '#else', ...lines, '#endif'];
  }

  private selfOf(family: number): Term {
    const pids = this.model.instances.flatMap((instance, pid) => (instance.family === family ? [pid] : []));
    return pids.length === 1 ? number(pids[0]!) : { text: '_pid', level: 12 };
  }

  // ---- processes --------------------------------------------------------------------------------------------------------

  private process(f: number): readonly string[] {
    const { unit, model } = this;
    const family = model.families[f]!;
    const pids = model.instances.flatMap((instance, pid) => (instance.family === f ? [pid] : []));
    const self = this.selfOf(f);
    const options = family.locations.flatMap((_, location) => this.step(family, f, location, self));
    const name = unit.names.fresh(family.name);
    const count = pids.length === 1 ? '' : ` [${pids.length}]`;
    const who = pids.length === 1 ? model.instances[pids[0]!]!.name : `${model.instances[pids[0]!]!.name} … ${model.instances[pids.at(-1)!]!.name}`;
    const waits = this.owed !== undefined && this.owed.actions.length > 0 ? ' WAITS' : '';
    return [`/* ${who} */`, `active${count} proctype ${name}()${waits} {`, ...(options.length === 0 ? ['  false'] : ['  do', ...options.map((l) => `  ${l}`), '  od']), '}'];
  }

  private step(family: Family, f: number, location: number, self: Term): readonly string[] {
    const { unit } = this;
    const ways = waysFrom(unit, this.stepScope, f, location, self, present);
    const stands = compare('==', cell(unit.pc, self), unit.location(family, location));
    const may = mayMove(unit, f, location, self, present);
    return ways.flatMap((way, i) => {
      const body = new Body(this.env, family, f, location, way, () => this.stepScope(f, self, present)).text();
      const guard = all([stands, may, way.guard]);
      return [...(i === 0 ? [`/* ${placeText(family.locations[location]!.at)} */`] : []), `:: d_step { ${guard.text} ->`, ...body.map((l) => `     ${l}`), '   }'];
    });
  }

  // ---- the observer -----------------------------------------------------------------------------------------------------

  private observer(): readonly string[] {
    const { unit, beginnings } = this;
    const hasRoot = !beginnings.isFixed;
    const begun = hasRoot ? [this.begun] : [];
    const invariants = this.properties.flatMap(({ kind, flag, definition, term }) => {
      if ((kind !== 'invariant' && kind !== 'temporal') || term === undefined) return [];
      const guard = all([{ text: flag, level: 12 }, ...begun, not({ text: definition!, level: 12 })]);
      return [`:: d_step { ${guard.text} -> violated(${flag}) }`];
    });
    const starts = hasRoot ? firstSteps(unit, beginnings, (what) => this.env.report(what)).flatMap(({ guard, lines }) => [`:: d_step { ${guard.text} ->`, ...lines.map((l) => `     ${l}`), '   }']) : [];
    return [
      '/* Looks at every state. Where all is done, it stutters; where nothing can move and something is not done, Spin finds an invalid end state. */',
      'active proctype observer() {',
      '  do',
      ...starts.map((l) => `  ${l}`),
      ...this.unlessTemporal(
        ['#ifndef DEADLOCKS', ...invariants.map((l) => `  ${l}`), ...this.leaks(begun).map((l) => `  ${l}`), '#endif', '  :: timeout && rests'],
        this.owed === undefined ? [] : turnLines(this.owed, begun).map((l) => `  ${l}`),
      ),
      '  od',
      '}',
    ];
  }

  /** An option that is never taken, but reads the variables that nothing else does; of what is read in C, Spin sees nothing. */
  private unread(code: string): readonly string[] {
    const { unit, owed } = this;
    const inC = readInC(unit, [...this.properties.flatMap(({ temporal }) => temporal?.definitions.map(({ term }) => term.text) ?? []), ...(owed === undefined ? [] : [brokenText(owed)])]);
    const shown = code.replace(/\/\*.*?\*\//g, '');
    const unread = stateColumns(unit).filter((column) => inC.has(column) || !isRead(column.name, shown));
    if (unread.length === 0) return [];
    const reads = unread.map((column) => `${cell(column, number(0)).text} == 0`).join(' || ');
    return ['  /* Never taken: Spin leaves variables that it does not see read out of the state. */', `  :: false && (${reads})`];
  }

  private leaks(begun: readonly Term[]): readonly string[] {
    const { unit, model } = this;
    const reached = new Map<string, string>();
    return this.properties.flatMap(({ kind, flag, property }) => {
      if (kind !== 'leak') return [];
      for (const pool of model.pools) {
        if (reached.has(pool.name)) continue;
        const column: Column = { name: unit.names.fresh(`tmp_reached_${pool.name}`), size: 1, lo: 0, hi: 2 ** 31 - 1, isTruth: false, isHidden: true };
        unit.temporaries.push(column);
        reached.set(pool.name, column.name);
      }
      const p = model.properties[property]!;
      const pool = model.pools.find((q) => p.kind === 'builtin' && p.error === `${q.name}.leak`)!;
      const guard = all([{ text: flag, level: 12 }, ...begun, compare('!=', cell(liveOf(unit, pool), number(0)), number(0))]);
      return [`:: d_step { ${guard.text} ->`, ...findLost(unit, pool, reached).map((l) => `     ${l}`), `     if :: taken != 0 -> violated(${flag}) :: else fi`, '   }'];
    });
  }
}

function withoutClaim({ property, kind, flag }: WrittenProperty, reason: string): WrittenProperty {
  return { property, kind, flag, unsupported: reason };
}

/** The name stands somewhere but on the left of an assignment; its index there may have brackets of its own. */
function isRead(name: string, code: string): boolean {
  for (const { index } of code.matchAll(new RegExp(`\\b${name}\\b`, 'g'))) {
    let at = index + name.length;
    for (let depth = 0; code[at] === '[' || depth > 0; at++) depth += code[at] === '[' ? 1 : code[at] === ']' ? -1 : 0;
    if (!code.startsWith(' = ', at)) return true;
  }
  return false;
}

function placeText(at: Location): string {
  const { line } = positionAt(at.file, at.start);
  const text = at.file.text.slice(at.start, at.end).split('\n')[0]!.trim();
  return `line ${line}: ${text.length > 70 ? `${text.slice(0, 67)}...` : text}`.replaceAll('*/', '* /').replaceAll('/*', '/ *');
}

const comment = (lines: readonly string[]): readonly string[] => ['/*', ...lines.map((l) => ` * ${l}`.trimEnd().replaceAll('*/', '* /')), ' */'];

