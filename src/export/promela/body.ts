// The statements of one way through a step, inside its `d_step`: nothing in it waits. A check that fails leaves by a jump to the end, where
// what was changed before is put back: a step that errs changes nothing, and adds no state.

import { assert } from '../../base/unreachable.js';
import type { Expr, Place, Variable } from '../../core/expr.js';
import { mentionsPool } from '../../core/type.js';
import { nodePlaces, nodeSuccessors } from '../../model/node.js';
import { MAX_PASSES } from '../../model/interpret.js';
import type { Family, Node } from '../../model/model.js';
import { resetCells, sameTwice, type Alternative } from './alternatives.js';
import { constant, isNull, type Cells } from './cells.js';
import { cellsAs, termOf } from './expression.js';
import { isLive } from './instances.js';
import { cell, type Column, type Part } from './memory.js';
import { postdominators } from './postdominators.js';
import type { Holder } from './objects.js';
import { cellPlaces, resolve } from './part.js';
import { mayErr, type Fault, type Scope } from './scope.js';
import { adaptSlot } from './slot.js';
import { compare, compute, not, number, type Term } from './term.js';
import { liveOf, storageOf, type Unit } from './unit.js';

/** What the body needs of the model around it. */
export interface BodyUnit {
  readonly unit: Unit;
  /** Statements that report a violated property: a built-in check by its error, or a named assertion. */
  report(what: { readonly error: string } | { readonly assertion: string }): string;
  /** The name of the `inline` that puts the slot for a new object into `slot`. */
  findSlot(pool: string, own: readonly Holder[]): readonly string[];
  /** What ghosts hold when `slot` is used again. */
  forgetSlot(pool: string): readonly Store[];
  /** A hidden int. */
  temporary(number: number): Column;
  /** A hidden copy of a variable. */
  saved(column: Column): Column;
  /** A label that no other has. */
  label(wish: string): string;
  /**
   * Statements after a step from a location that changes these variables, and the variables of which they need a copy from before it.
   * `stays`: the step may leave everything as it is.
   */
  judge(family: number, location: number, written: ReadonlySet<Column>, stays: boolean): { readonly copies: readonly Column[]; readonly lines: readonly string[] };
}

interface Store {
  readonly place: { readonly column: Column; readonly index: Term };
  readonly value: Term;
}

interface Line {
  readonly text: string;
  readonly depth: number;
  readonly stores?: readonly { readonly column: Column; readonly index: Term }[];
  readonly leaves?: true;
}

export class Body {
  private readonly lines: Line[] = [];
  private depth = 0;
  private temporaries = 0;
  private loops = false;
  /** The process may stand where it stood. */
  private stays = false;
  private readonly undo: string;
  private readonly done: string;
  private needsDone = false;
  private readonly written = new Set<Variable>();
  private readonly onPath = new Map<number, string>();
  private readonly joins: ReadonlyMap<number, number | undefined>;
  private readonly own: readonly Holder[];

  constructor(
    private readonly env: BodyUnit,
    private readonly family: Family,
    private readonly familyNumber: number,
    private readonly location: number,
    private readonly alternative: Alternative,
    private readonly newScope: () => Scope,
  ) {
    this.undo = env.label('undo');
    this.done = env.label('done');
    this.joins = alternative.tail === undefined ? new Map() : postdominators(family.nodes, alternative.tail);
    this.own = this.ownHolders();
  }

  /** The statements, one a line. */
  text(): readonly string[] {
    for (const { node: id, value } of this.alternative.passed) {
      const node = this.family.nodes[id]!;
      if (node.op === 'branch' || node.op === 'await') this.condition(node.condition);
      else if (node.op === 'pick') this.pick(node, value);
      else if (node.op !== 'either') this.plain(id, node as PlainNode);
    }
    if (this.alternative.tail !== undefined) this.follow(this.alternative.tail, undefined);
    return this.wrapped();
  }

  // ---- the way ----------------------------------------------------------------------------------------------------------

  /** Writes the nodes from `id` on, up to `until`. */
  private follow(id: number, until: number | undefined): void {
    for (let at = id; at !== until; ) {
      const node = this.family.nodes[at]!;
      if (node.op === 'stop') {
        this.stop(node.location);
        return;
      }
      if (node.op === 'branch') {
        const join = this.joins.get(at);
        this.branch(node, join);
        if (join === undefined) return;
        at = join;
        continue;
      }
      if (node.op === 'loop') {
        const label = this.onPath.get(at);
        if (label !== undefined) {
          this.line(`goto ${label};`);
          return;
        }
      }
      assert(node.op !== 'await' && node.op !== 'either' && node.op !== 'pick', 'behind the last choice');
      this.plain(at, node);
      at = node.next;
    }
  }

  private branch(node: Node & { readonly op: 'branch' }, join: number | undefined): void {
    const condition = this.condition(node.condition);
    if (condition.known !== undefined) {
      this.follow(condition.known === 0 ? node.else : node.then, join);
      return;
    }
    this.line('if');
    this.option(condition.text, node.then, join);
    this.option('else', node.else, join);
    this.line('fi;');
  }

  private option(guard: string, id: number, join: number | undefined): void {
    this.line(`:: ${guard} ->`);
    this.depth++;
    const [before, outer] = [this.lines.length, new Map(this.onPath)];
    this.follow(id, join);
    this.onPath.clear();
    for (const [node, label] of outer) this.onPath.set(node, label);
    if (this.lines.length === before) this.line('skip');
    this.depth--;
  }

  private plain(id: number, node: PlainNode): void {
    const { unit } = this.env;
    switch (node.op) {
      case 'assign':
        this.assign(node);
        return;
      case 'reset':
        for (const variable of node.locals) this.reset(variable);
        return;
      case 'assert': {
        const condition = this.condition(node.condition);
        if (condition.known === 1) return;
        if (node.property === undefined) this.check({ when: not(condition), error: 'assertion' });
        else this.line(`if :: ${condition.text} :: else -> ${this.env.report({ assertion: node.property })} fi;`);
        return;
      }
      case 'new':
        this.allocate(node);
        return;
      case 'free':
      case 'touch': {
        const scope = this.newScope();
        const slot = termOf(node.ref, scope);
        if (node.ref.type.kind === 'nullable') mayErr(scope, isNull(unit, node.ref.type, [slot]), 'null_dereference');
        mayErr(scope, not(isLive(node.pool, slot, scope)), `${node.pool.name}.${node.op === 'free' ? 'double_free' : 'use_after_free'}`);
        this.checks(scope.faults);
        if (node.op === 'free') this.free(node, slot);
        return;
      }
      case 'loop': {
        const label = this.env.label('again');
        const rounds = this.env.temporary(this.temporaries++);
        this.loops = true;
        this.line(`${rounds.name} = 0;`);
        this.line(`${label}:`);
        this.line(`${rounds.name} = ${rounds.name} + 1;`);
        this.onPath.set(id, label);
        this.check({ when: compare('>', cell(rounds, number(0)), number(MAX_PASSES)), error: 'endless_atomic' });
        return;
      }
      case 'call':
      case 'return':
        return;
    }
  }

  /** The process stands at a location again. */
  private stop(location: number): void {
    const { family } = this;
    for (const local of family.locals) {
      const isDead = !local.liveAt.includes(location);
      const mayHold = this.written.has(local.variable) || local.liveAt.includes(this.location);
      if (isDead && mayHold && local.liveAt.length > 0) this.reset(local.variable);
    }
    const { unit } = this.env;
    const scope = this.newScope();
    if (location === this.location) this.stays = true;
    else {
      this.store([{ place: { column: unit.pc, index: scope.self! }, value: unit.location(family, location) }]);
    }
  }

  // ---- nodes ------------------------------------------------------------------------------------------------------------

  private condition(e: Expr): Term {
    const scope = this.newScope();
    const condition = termOf(e, scope);
    this.checks(scope.faults);
    return condition;
  }

  private assign(node: Node & { readonly op: 'assign' }): void {
    const scope = this.newScope();
    const parts = node.targets.map((target) => resolve(target, scope));
    // A result that nobody wants is computed all the same.
    const values = node.values.map((value, i) => cellsAs(value, node.targets[i]?.type ?? value.type, scope));
    sameTwice(node, parts, scope);
    this.checks(scope.faults);
    this.storeAll(node.targets.map((target, i) => ({ target, part: parts[i]!, cells: values[i]! })));
  }

  private pick(node: Node & { readonly op: 'pick' }, value: Parameters<typeof constant>[2] | undefined): void {
    const scope = this.newScope();
    // Only for what the set can err with.
    termsOfSet(node.set, scope);
    this.checks(scope.faults);
    if (value === undefined) return;
    const place: Place = { variable: node.variable, path: [], type: node.variable.type, at: node.at };
    this.storeAll([{ target: place, part: resolve(place, this.newScope()), cells: constant(this.env.unit, node.variable.type, value) }]);
  }

  private reset(variable: Variable): void {
    const scope = this.newScope();
    const place: Place = { variable, path: [], type: variable.type, at: variable.at };
    this.storeAll([{ target: place, part: resolve(place, scope), cells: resetCells(variable, scope) }]);
  }

  private allocate(node: Node & { readonly op: 'new' }): void {
    const { unit } = this.env;
    const { pool } = node;
    const scope = this.newScope();
    const target = resolve(node.target, scope);
    const values = node.fields.map(({ variable, value }) => ({ variable, cells: cellsAs(value, variable.type, scope) }));
    this.checks(scope.faults);
    const held = values.map(({ variable, cells }) => ({ variable, cells: cells.map((term) => this.hold(term)) }));
    const at: Part = { ...target, at: this.hold(target.at) };
    for (const line of this.env.findSlot(pool.name, this.own)) this.line(line);
    const slot: Term = { text: 'slot', level: 12 };
    const found = compare('!=', slot, number(unit.nil, 'null'));
    const fill = (): void => {
      this.store(this.env.forgetSlot(pool.name));
      const live = liveOf(unit, pool);
      this.store([{ place: { column: live, index: number(0) }, value: compute('|', cell(live, number(0)), compute('<<', number(1), slot)) }]);
      for (const { variable, cells } of held) {
        const place: Place = { variable, path: [], type: variable.type, at: node.at };
        this.storeAll([{ target: place, part: { storage: storageOf(unit, variable), first: 0, at: slot }, cells }]);
      }
    };
    if (node.optional) {
      this.line('if');
      this.line(`:: ${found.text} ->`);
      this.depth++;
      fill();
      this.depth--;
      this.line(':: else -> skip');
      this.line('fi;');
    } else {
      this.check({ when: not(found), error: `${pool.name}.exhausted` });
      fill();
    }
    this.storeAll([{ target: node.target, part: at, cells: adaptSlot(node.target.type, slot) }]);
  }

  private free(node: Node & { readonly op: 'free' | 'touch' }, ref: Term): void {
    const { unit } = this.env;
    const slot = this.hold(ref);
    const live = liveOf(unit, node.pool);
    this.store([{ place: { column: live, index: number(0) }, value: compute('-', cell(live, number(0)), compute('<<', number(1), slot)) }]);
    for (const { variable, initial } of node.pool.fields) {
      const place: Place = { variable, path: [], type: variable.type, at: node.at };
      this.storeAll([{ target: place, part: { storage: storageOf(unit, variable), first: 0, at: slot }, cells: constant(unit, variable.type, initial) }]);
    }
  }

  // ---- storing ----------------------------------------------------------------------------------------------------------

  /** Stores in parallel: all values are those from before. */
  private storeAll(targets: readonly { readonly target: Place; readonly part: Part; readonly cells: Cells }[]): void {
    const scope = this.newScope();
    for (const { target } of targets) this.written.add(target.variable);
    const stores = targets.flatMap(({ target, part, cells }) => cellPlaces(target.type, part, scope).map((place, i) => ({ place, value: cells[i]! })));
    const changing = stores.filter(({ place, value }) => cell(place.column, place.index).text !== value.text);
    if (changing.length < 2) {
      this.store(changing);
      return;
    }
    const names = new Set(changing.map(({ place }) => place.column.name));
    const reads = (term: Term): boolean => term.known === undefined && (term.text.match(/\w+/g) ?? []).some((word) => names.has(word));
    this.store(changing.map(({ place, value }) => ({
      place: { column: place.column, index: reads(place.index) ? this.hold(place.index) : place.index },
      value: reads(value) ? this.hold(value) : value,
    })));
  }

  private store(stores: readonly Store[]): void {
    for (const { place, value } of stores) {
      this.lines.push({ text: `${cell(place.column, place.index).text} = ${value.text};`, depth: this.depth, ...(place.column.isHidden ? {} : { stores: [place] }) });
    }
  }

  /** A value that is needed after what it is made of has changed. */
  private hold(term: Term): Term {
    if (term.known !== undefined || term.text === '_pid') return term;
    const column = this.env.temporary(this.temporaries++);
    this.line(`${column.name} = ${term.text};`);
    return cell(column, number(0));
  }

  private line(text: string): void {
    this.lines.push({ text, depth: this.depth });
  }

  // ---- errors -----------------------------------------------------------------------------------------------------------

  private checks(faults: readonly Fault[]): void {
    for (const fault of faults) this.check(fault);
  }

  private check({ when, error }: Fault): void {
    this.lines.push({ text: `if :: ${when.text} -> ${this.env.report({ error })} goto ${this.undo} :: else fi;`, depth: this.depth, leaves: true });
  }

  /** The body with what undoes it, and what hidden variables hold at first. */
  private wrapped(): readonly string[] {
    const leaving = this.lines.findLastIndex((line) => line.leaves === true);
    const stored = (this.loops && leaving >= 0 ? this.lines : this.lines.slice(0, leaving + 1)).flatMap((line) => line.stores ?? []);
    const columns = this.undone(stored);
    this.needsDone = leaving >= 0;
    const text = this.lines.map(({ text: t, depth }) => ({ text: t, depth }));
    const out = (t: string): { text: string; depth: number } => ({ text: t, depth: 0 });
    const judged = this.env.judge(this.familyNumber, this.location, new Set(this.lines.flatMap((line) => (line.stores ?? []).map(({ column }) => column))), this.stays);
    const undone = columns.map(({ column, index }) => ({ there: cell(column, index).text, copy: cell(this.env.saved(column), index).text }));
    const kept = judged.copies.flatMap((column) => Array.from({ length: column.size }, (_, i) => `${cell(this.env.saved(column), number(i)).text} = ${cell(column, number(i)).text};`));
    const undo = undone.map(({ there, copy }) => out(`${there} = ${copy};`));
    const all = [
      ...this.firstValues(text.map((l) => l.text)).map(out),
      ...[...new Set([...kept, ...undone.map(({ there, copy }) => `${copy} = ${there};`)])].map(out),
      ...text,
      ...judged.lines.map(out),
      ...(this.needsDone && undo.length > 0 ? [out(`goto ${this.done};`), out(`${this.undo}:`), ...undo] : []),
      ...(this.needsDone ? [out(`${undo.length > 0 ? this.done : this.undo}: skip`)] : []),
    ];
    if (all.length === 0) all.push(out('skip'));
    return all.map(({ text: t, depth }) => `${'  '.repeat(depth)}${t}`);
  }

  /** What is put back: single cells where the index says the same at the end, else whole arrays. */
  private undone(stored: readonly { readonly column: Column; readonly index: Term }[]): readonly { readonly column: Column; readonly index: Term }[] {
    const byText = new Map<string, { readonly column: Column; readonly index: Term }>();
    for (const { column, index } of stored) {
      const isFixed = index.known !== undefined || /^(?:\(?_pid(?: [-+] \d+)?\)?)(?: \* \d+)?(?: \+ \d+)?$/.test(index.text);
      const indices = isFixed ? [index] : Array.from({ length: column.size }, (_, i) => number(i));
      for (const i of indices) byText.set(cell(column, i).text, { column, index: i });
    }
    return [...byText.values()];
  }

  /** Hidden locals hold what they are reset to, unless they are set before they are read. */
  private firstValues(lines: readonly string[]): readonly string[] {
    const first: string[] = [];
    for (const local of this.family.locals) {
      const storage = this.env.unit.storages.get(local.variable);
      if (storage === undefined || local.liveAt.length > 0) continue;
      const names = storage.columns.map((c) => c.name);
      const mentions = (line: string): boolean => (line.match(/\w+/g) ?? []).some((word) => names.includes(word));
      const at = lines.findIndex(mentions);
      if (at < 0) continue;
      const isSet = storage.columns.length === 1 && storage.columns[0]!.size === 1 && /^(\w+) = (.*)$/.exec(lines[at]!)?.[1] === names[0] && !mentions(lines[at]!.replace(/^\w+ = /, ''));
      if (isSet && !this.loops && lines.slice(0, at).every((line) => !/^(:: |if)/.test(line))) continue;
      const scope = this.newScope();
      const part = resolve({ variable: local.variable, path: [], type: local.variable.type, at: local.variable.at }, scope);
      cellPlaces(local.variable.type, part, scope).forEach(({ column, index }, i) => first.push(`${cell(column, index).text} = ${resetCells(local.variable, scope)[i]!.text};`));
    }
    return first;
  }

  /** Locals that matter within this step only, and that may hold references. */
  private ownHolders(): readonly Holder[] {
    const used = new Set<Variable>();
    const visit = (node: Node): void => {
      nodePlaces(node).forEach((place) => used.add(place.variable));
      if (node.op === 'pick') used.add(node.variable);
    };
    const seen = new Set<number>();
    const work = this.alternative.tail === undefined ? [] : [this.alternative.tail];
    for (let id = work.pop(); id !== undefined; id = work.pop()) {
      if (seen.has(id)) continue;
      seen.add(id);
      visit(this.family.nodes[id]!);
      work.push(...nodeSuccessors(this.family.nodes[id]!));
    }
    this.alternative.passed.forEach(({ node }) => visit(this.family.nodes[node]!));
    const scope = this.newScope();
    return this.family.locals.flatMap(({ variable, liveAt }) => {
      if (!used.has(variable) || liveAt.length > 0 || variable.kind === 'ghost' || !mentionsPool(variable.type)) return [];
      const part = resolve({ variable, path: [], type: variable.type, at: variable.at }, scope);
      return [{ variable, places: cellPlaces(variable.type, part, scope) }];
    });
  }
}

type PlainNode = Exclude<Node, { readonly op: 'branch' | 'await' | 'either' | 'pick' | 'stop' }>;

function termsOfSet(set: Expr, scope: Scope): void {
  cellsAs(set, set.type, scope);
}

