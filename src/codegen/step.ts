// The function of one location of one process: `(S, b, O, q)` reads the state at S[b], writes each successor at O[q] and returns where
// the next one goes. A step without loops is a tree: what stands behind the place where paths join is written out for each of them, and
// the ways of a choice stand one behind the other, each a block that its paths leave at their end. A step that loops, or would become too
// long, is a switch: nodes where paths join are its cases, and what a choice leaves to try is put on a stack with the state and the locals.
//
// The state is copied to O[q] before the first change; what comes before (the guards) reads S[b]. The process's own locals are variables
// of the function, because many of them matter within the step only and have no bits in a state.

import { assert, unreachable } from '../base/unreachable.js';
import type { Expr, Pool, Variable } from '../core/expr.js';
import { mentionsPool } from '../core/type.js';
import { subexpressions } from '../core/walk.js';
import { nodeExpressions, nodePlaces, nodeSuccessors } from '../model/node.js';
import type { Family, Node } from '../model/model.js';
import { MAX_PASSES } from '../model/interpret.js';
import { elementOf, NOWHERE } from './access.js';
import { elementJs, literal, readCellJs, unboxed, writeCellJs } from './convert.js';
import { Emitter } from './emitter.js';
import { conditionJs, valueJs } from './expression.js';
import { liveSlotJs } from './read.js';
import { forgottenJs, slotsOf } from './objects.js';
import { meet, resolvePlace, storeJs } from './place.js';
import { reprOf } from './representation.js';
import type { Memory, Scope, Unit } from './scope.js';
import { standAt } from './stand.js';

/** What a step needs of the module around it. */
export interface StepUnit extends Unit {
  /** The number that stands for an error when it is thrown. */
  error(name: string): number;
  /** The name of the function that says which slots of a pool are taken, the given process's own locals left out. */
  taken(pool: string, pid: number): string;
  forget(pool: string): string;
  /** Property number of a named assertion. */
  assertion(name: string): number;
  readonly hasStepInvariants: boolean;
}

/** Nodes that a step may have when it is written out as a tree. */
const LONGEST_TREE = 300;

const BEFORE: Memory = { kind: 'memory', array: 'S', at: 'b' };
const AFTER: Memory = { kind: 'memory', array: 'O', at: 'q' };

export function stepFunction(unit: StepUnit, name: string, pid: number, location: number): readonly string[] {
  return new Step(unit, name, pid, location).lines();
}

class Step {
  private readonly family: Family;
  private readonly entry: number;
  private readonly nodes: ReadonlyMap<number, Node>;
  /** Nodes to which paths jump; none in a tree. */
  private readonly heads = new Set<number>();
  /** What a path does at its end: leaves the function, or the way of a choice that it is. */
  private end = 'return q;';
  private ways = 0;
  private readonly locals = new Map<Variable, string>();
  private readonly chooses: boolean;
  private readonly loops: readonly number[];
  /** Sites passed, one bit each, in words of 31. */
  private readonly sites: readonly number[];
  private readonly asserted: readonly string[];
  private canFail = false;
  private readonly em = new Emitter();

  constructor(
    private readonly unit: StepUnit,
    private readonly name: string,
    private readonly pid: number,
    private readonly location: number,
  ) {
    this.family = unit.index.family(pid);
    const { entry } = this.family.locations[location]!;
    assert(entry !== undefined, 'a step has a beginning');
    this.entry = entry;
    this.nodes = this.reachable();
    const nodes = [...this.nodes.values()];
    this.chooses = nodes.some((n) => n.op === 'either' || n.op === 'pick');
    this.loops = [...this.nodes].filter(([, n]) => n.op === 'loop').map(([id]) => id);
    this.sites = [...new Set(nodes.flatMap((n) => (n.site === undefined ? [] : [n.site])))];
    this.asserted = [...new Set(nodes.flatMap((n) => (n.op === 'assert' && n.property !== undefined ? [n.property] : [])))];
    this.nameLocals(nodes);
  }

  private reachable(): ReadonlyMap<number, Node> {
    const found = new Map<number, Node>();
    const arrivals = new Map<number, number>();
    const work = [this.entry];
    for (let id = work.pop(); id !== undefined; id = work.pop()) {
      arrivals.set(id, (arrivals.get(id) ?? 0) + 1);
      if (found.has(id)) continue;
      const node = this.family.nodes[id]!;
      found.set(id, node);
      work.push(...nodeSuccessors(node));
    }
    if (this.isTree(found)) return found;
    for (const [id, count] of arrivals) if (count > 1 && found.get(id)!.op !== 'stop') this.heads.add(id);
    for (const node of found.values()) if (node.op === 'either') for (const branch of node.branches) this.heads.add(branch);
    for (const [id, node] of found) if (node.op === 'pick') this.heads.add(id);
    return found;
  }

  /** Whether the step has no loop, and is not too long when it is written out. */
  private isTree(nodes: ReadonlyMap<number, Node>): boolean {
    const sizes = new Map<number, number>();
    const size = (id: number): number => {
      const known = sizes.get(id);
      if (known !== undefined) return known;
      // Met again while it is under way: a loop.
      sizes.set(id, Infinity);
      const sum = nodeSuccessors(nodes.get(id)!).reduce((total, next) => total + size(next), 1);
      sizes.set(id, sum);
      return sum;
    };
    return size(this.entry) <= LONGEST_TREE;
  }

  private nameLocals(nodes: readonly Node[]): void {
    const own = new Set(this.family.locals.map((l) => l.variable));
    const touch = (variable: Variable): void => {
      if (own.has(variable) && !this.locals.has(variable)) this.locals.set(variable, `x${this.locals.size}_${variable.name.slice(variable.name.lastIndexOf('.') + 1).replace(/\W/g, '_')}`);
    };
    const inExpr = (e: Expr): void => {
      if (e.op === 'var') touch(e.variable);
      subexpressions(e).forEach(inExpr);
    };
    for (const node of nodes) {
      nodeExpressions(node).forEach(inExpr);
      nodePlaces(node).forEach((place) => touch(place.variable));
      if (node.op === 'pick') touch(node.variable);
      if (node.op === 'reset') node.locals.forEach(touch);
    }
  }

  // ---- the function ---------------------------------------------------------------------------------------------------

  lines(): readonly string[] {
    const { em } = this;
    const body = this.body();
    em.line(`function ${this.name}(S, b, O, q) { // ${this.family.locations[this.location]!.name}`);
    const inner = em.child();
    for (const line of this.declarations()) inner.line(line);
    for (const line of body) inner.line(line);
    for (const line of inner.lines) em.line(`  ${line}`);
    em.line('}');
    return em.lines;
  }

  private declarations(): readonly string[] {
    const { unit, family, pid, location } = this;
    const instance = unit.index.instance(pid);
    const lines: string[] = [];
    for (const [variable, js] of this.locals) {
      const i = family.locals.findIndex((l) => l.variable === variable);
      const local = family.locals[i]!;
      const cell = unit.layout.instances[pid]!.locals[i];
      const live = cell !== undefined && local.liveAt.includes(location);
      const value = live ? readCellJs(unit, { source: BEFORE, cell, words: NOWHERE, shift: NOWHERE }, variable.type) : literal(unit, variable.type, local.reset[instance.index]!);
      lines.push(`let ${js} = ${value};`);
    }
    for (const id of this.loops) lines.push(`let n${id} = 0;`);
    this.siteWords().forEach((_, i) => lines.push(`let site${i} = 0;`));
    if (this.asserted.length > 0) lines.push('let violated = 0;');
    return lines;
  }

  private siteWords(): readonly (readonly number[])[] {
    return Array.from({ length: Math.ceil(this.sites.length / 31) }, (_, i) => this.sites.slice(31 * i, 31 * i + 31));
  }

  private body(): readonly string[] {
    const em = this.em.child();
    if (this.heads.size === 0) {
      this.guarded(em, '', (path) => this.walk(this.entry, path, false));
      if (em.lines.at(-1) !== this.end) em.line(this.end);
      return em.lines;
    }
    this.end = 'break path;';
    // A path may come back to the entry: then its guards must see what the path has changed.
    const again = this.heads.has(this.entry);
    this.heads.add(this.entry);
    const cases = em.child();
    for (const id of this.heads) this.case(id, cases, again || id !== this.entry);
    const loop = em.child();
    loop.block('switch (pc)', cases);
    const path = em.child();
    path.block('run: for (;;)', loop);
    if (this.canFail) path.lines.splice(0, path.lines.length, 'try {', ...path.lines.map((l) => `  ${l}`), `} catch (e) { ${this.failed()} }`);
    const paths = em.child();
    paths.block('path:', path);
    if (this.chooses) this.pop(paths);
    else paths.line('return q;');
    em.line(`let pc = ${this.entry};`);
    if (this.chooses) em.line('let r = 0, ri = 0; const bottom = stack.length;');
    if (again) em.line('copy(S, b, O, q);');
    em.block('for (;;)', paths);
    return em.lines;
  }

  private case(id: number, cases: Emitter, copied: boolean): void {
    const inner = cases.child();
    const node = this.nodes.get(id)!;
    if (node.op === 'pick') {
      if (!copied) inner.line('copy(S, b, O, q);');
      this.pickCases(id, node, inner, cases);
      return;
    }
    this.walk(id, inner, copied, true);
    cases.block(`case ${id}:`, inner);
  }

  /** A block, with a `catch` when something in it can fail. */
  private guarded(em: Emitter, label: string, fill: (inner: Emitter) => void): void {
    const outer = this.canFail;
    this.canFail = false;
    const inner = em.child();
    fill(inner);
    if (this.canFail) {
      em.block(`${label}try`, inner);
      em.line(`catch (e) { ${this.failed()} }`);
    } else if (label !== '') em.block(label.trimEnd(), inner);
    else em.lines.push(...inner.lines);
    this.canFail = outer;
  }

  private failed(): string {
    const marks = this.siteWords().map((sites, i) => `cover(site${i}, ${this.unit.constant(sites)});`).join(' ');
    const violated = this.asserted.length === 0 ? '0, none' : `violated, ${this.unit.constant(this.asserted.map((a) => this.unit.assertion(a)))}`;
    return `failed(e, ${violated});${marks === '' ? '' : ` ${marks}`}`;
  }

  // ---- choices --------------------------------------------------------------------------------------------------------

  /** Variables that belong to a path. */
  private get variables(): readonly string[] {
    return [
      ...this.locals.values(),
      ...this.loops.map((id) => `n${id}`),
      ...this.siteWords().map((_, i) => `site${i}`),
      ...(this.asserted.length > 0 ? ['violated'] : []),
    ];
  }

  /** In a tree: the ways of a choice, one behind the other. Each begins with the state and the variables as they were at the choice. */
  private choose(em: Emitter, copied: boolean, ways: readonly ((inner: Emitter) => void)[], loop?: { readonly head: string }): void {
    const kept = this.variables.map((name) => [name, em.fresh('was')] as const);
    if (kept.length > 0) em.line(`const ${kept.map(([name, was]) => `${was} = ${name}`).join(', ')};`);
    if (copied) em.line('save(O, q);');
    const outer = this.end;
    const body = loop === undefined ? em : em.child();
    for (const way of ways) {
      const label = `way${this.ways++}`;
      this.end = `break ${label};`;
      this.guarded(body, `${label}: `, (inner) => {
        // A loop within a way of another choice: here ways multiply.
        if (loop !== undefined && outer !== 'return q;') inner.line('tick();');
        if (kept.length > 0) inner.line(kept.map(([name, was]) => `${name} = ${was};`).join(' '));
        if (copied) inner.line('again(O, q);');
        way(inner);
      });
    }
    if (loop !== undefined) em.block(loop.head, body);
    if (copied) em.line('forgetSaved();');
    this.end = outer;
    em.line(this.end);
  }

  private pickWays(node: Node & { readonly op: 'pick' }, reading: Scope, em: Emitter, copied: boolean): void {
    const { unit } = this;
    assert(node.set.type.kind === 'set', 'an element of a set');
    const of = node.set.type.of;
    const set = valueJs(node.set, reading, em);
    const packed = reprOf(node.set.type) === 'packed';
    const x = em.fresh(packed ? 'm' : 'e');
    const head = packed ? `for (let ${x} = ${set}; ${x} !== 0; ${x} &= ${x} - 1)` : `for (const ${x} of ${set})`;
    const way = (inner: Emitter): void => {
      const element = packed ? elementJs(unit, of, `(31 - Math.clz32(${x} & -${x}))`) : unboxed(unit, of, x);
      this.mark(node, inner);
      const place = { variable: node.variable, path: [], type: node.variable.type, at: node.at };
      const isLocal = unit.index.home(node.variable).kind === 'local';
      if (!isLocal && !copied) inner.line('copy(S, b, O, q);');
      storeJs({ place, path: [] }, of, element, this.scope(AFTER), inner);
      this.walk(node.next, inner, copied || !isLocal);
    };
    this.choose(em, copied, [way], { head });
  }

  /** What goes on the stack with a path. */
  private get saved(): readonly string[] {
    return [...this.variables, 'r', 'ri', 'pc'];
  }

  private push(pc: string, em: Emitter): void {
    const values = this.saved.map((v) => (v === 'pc' ? pc : v));
    em.line(`save(O, q); stack.push(${values.join(', ')});`);
  }

  private pop(em: Emitter): void {
    em.line('if (stack.length === bottom) return q;');
    em.line('tick();');
    em.line(`${[...this.saved].reverse().map((v) => `${v} = stack.pop();`).join(' ')} restore(O, q);`);
  }

  /** The first case computes the set, the second (a number of its own) takes the next element. */
  private pickCases(id: number, node: Node & { readonly op: 'pick' }, first: Emitter, cases: Emitter): void {
    const { unit } = this;
    const next = id + this.family.nodes.length;
    this.mark(node, first);
    const set = valueJs(node.set, this.scope(AFTER), first);
    first.line(`r = ${set}; ri = 0; pc = ${next}; continue run;`);
    cases.block(`case ${id}:`, first);
    const inner = cases.child();
    assert(node.set.type.kind === 'set', 'an element of a set');
    const of = node.set.type.of;
    if (reprOf(node.set.type) === 'packed') {
      inner.line('if (r === 0) break path;');
      inner.line(`const e = ${elementJs(unit, of, '(31 - Math.clz32(r & -r))')}; r &= r - 1;`);
      const more = inner.child();
      this.push(String(next), more);
      inner.block('if (r !== 0)', more);
    } else {
      inner.line('if (ri === r.length) break path;');
      const element = inner.hold('r[ri++]', 'e');
      inner.line(`const e = ${unboxed(unit, of, element)};`);
      const more = inner.child();
      this.push(String(next), more);
      inner.block('if (ri < r.length)', more);
    }
    storeJs({ place: { variable: node.variable, path: [], type: node.variable.type, at: node.at }, path: [] }, of, 'e', this.scope(AFTER), inner);
    this.walk(node.next, inner, true);
    cases.block(`case ${next}:`, inner);
  }

  // ---- nodes ----------------------------------------------------------------------------------------------------------

  private scope(source: Memory): Scope {
    return {
      unit: this.unit,
      source,
      own: { pid: this.pid, locals: this.locals },
      bound: new Map(),
      fail: (error) => {
        this.canFail = true;
        return `throw ${this.unit.error(error)};`;
      },
    };
  }

  private mark(node: Node, em: Emitter): void {
    if (node.site === undefined) return;
    const i = this.sites.indexOf(node.site);
    em.line(`site${Math.floor(i / 31)} |= ${1 << i % 31};`);
  }

  /** Emits a node and what follows it, up to a stop or a jump. `copied`: the state stands at O[q] and may be changed. */
  private walk(id: number, em: Emitter, copied: boolean, atCase = false): void {
    const { unit } = this;
    const node = this.nodes.get(id)!;
    if (this.heads.has(id) && !atCase) {
      if (!copied) em.line('copy(S, b, O, q);');
      em.line(`pc = ${id}; continue run;`);
      return;
    }
    if (node.op !== 'pick' && node.op !== 'either') this.mark(node, em);
    const reading = this.scope(copied ? AFTER : BEFORE);
    const changing = this.scope(AFTER);
    const toChange = (): void => {
      if (!copied) em.line('copy(S, b, O, q);');
    };
    switch (node.op) {
      case 'assign': {
        const places = node.targets.map((target) => resolvePlace(target, reading, em));
        const single = places.length === 1;
        const values = node.values.map((value) => {
          const js = valueJs(value, reading, em);
          return single ? js : em.hold(js);
        });
        places.forEach((b, second) =>
          places.slice(0, second).concat(places.slice(second + 1)).forEach((a) => {
            const condition = meet(a, b);
            if (condition !== undefined) em.line(`if (${condition}) ${reading.fail('assigned_twice')}`);
          }),
        );
        const inState = places.some((p) => unit.index.home(p.place.variable).kind !== 'local');
        const held = inState && !copied ? values.map((v) => em.hold(v)) : values;
        if (inState) toChange();
        places.forEach((place, i) => storeJs(place, node.values[i]!.type, held[i]!, changing, em));
        this.walk(node.next, em, copied || inState);
        return;
      }
      case 'reset':
        for (const variable of node.locals) {
          const local = this.family.locals.find((l) => l.variable === variable)!;
          em.line(`${this.locals.get(variable)!} = ${literal(unit, variable.type, local.reset[unit.index.instance(this.pid).index]!)};`);
        }
        this.walk(node.next, em, copied);
        return;
      case 'branch': {
        const condition = conditionJs(node.condition, reading, em);
        const [then, otherwise] = [em.child(), em.child()];
        this.walk(node.then, then, copied);
        this.walk(node.else, otherwise, copied);
        em.block(`if (${condition})`, then);
        em.block('else', otherwise);
        return;
      }
      case 'await':
        em.line(`if (!(${conditionJs(node.condition, reading, em)})) ${this.end}`);
        this.walk(node.next, em, copied);
        return;
      case 'assert': {
        const condition = conditionJs(node.condition, reading, em);
        const otherwise = node.property === undefined ? reading.fail('assertion') : `violated |= ${1 << this.asserted.indexOf(node.property)};`;
        em.line(`if (!(${condition})) ${otherwise}`);
        this.walk(node.next, em, copied);
        return;
      }
      case 'either': {
        if (this.heads.size === 0) {
          this.choose(em, copied, node.branches.map((branch) => (inner) => {
            this.mark(node, inner);
            this.walk(branch, inner, copied);
          }));
          return;
        }
        this.mark(node, em);
        toChange();
        const [first, ...others] = node.branches;
        if (first === undefined) {
          em.line(this.end);
          return;
        }
        for (const branch of others.reverse()) this.push(String(branch), em);
        em.line(`pc = ${first}; continue run;`);
        return;
      }
      case 'pick':
        assert(this.heads.size === 0, 'in a switch a pick is a case');
        this.pickWays(node, reading, em, copied);
        return;
      case 'new':
        toChange();
        this.allocate(node, changing, em);
        this.walk(node.next, em, true);
        return;
      case 'free': {
        const slot = liveSlotJs(node.pool, node.ref, 'double_free', reading, em);
        toChange();
        this.release(node.pool, slot, em);
        this.walk(node.next, em, true);
        return;
      }
      case 'touch':
        liveSlotJs(node.pool, node.ref, 'use_after_free', reading, em);
        this.walk(node.next, em, copied);
        return;
      case 'call':
      case 'return':
        this.walk(node.next, em, copied);
        return;
      case 'loop':
        em.line(`if (++n${id} > ${MAX_PASSES}) ${reading.fail('endless_atomic')}`);
        this.walk(node.next, em, copied);
        return;
      case 'stop':
        toChange();
        this.stop(node.location, em);
        return;
      default:
        unreachable(node);
    }
  }

  private allocate(node: Node & { readonly op: 'new' }, s: Scope, em: Emitter): void {
    const { unit } = this;
    const { pool } = node;
    const target = resolvePlace(node.target, s, em);
    const values = node.fields.map(({ value }) => em.hold(valueJs(value, s, em)));
    const own = pool.reuse ? [] : this.ownSlots(node, s);
    const free = em.hold(`~(${[`${unit.taken(pool.name, this.pid)}(O, q)`, ...own].join(' | ')}) & ${String(2 ** pool.size - 1)}`);
    const refType = { kind: 'ref', pool: pool.name, size: pool.size } as const;
    if (!node.optional) em.line(`if (${free} === 0) ${s.fail(`${pool.name}.exhausted`)}`);
    const made = node.optional ? em.child() : em;
    const slot = made.hold(`31 - Math.clz32(${free} & -${free})`);
    made.line(`${unit.forget(pool.name)}(O, q, ${slot});`);
    for (const [variable, js] of this.locals) {
      const forgotten = forgottenJs(unit, variable, js, pool, slot);
      if (forgotten !== undefined) made.line(`${js} = ${forgotten};`);
    }
    made.line(this.setAlive(pool.name, slot, '1'));
    node.fields.forEach(({ variable, value }, i) => storeJs({ place: { variable, path: [], type: variable.type, at: node.at }, slot, path: [] }, value.type, values[i]!, s, made));
    storeJs(target, refType, slot, s, made);
    if (!node.optional) return;
    em.block(`if (${free} !== 0)`, made);
    const none = em.child();
    storeJs(target, node.target.type, String(unit.nil), s, none);
    em.block('else', none);
  }

  /** What the process that runs holds itself. */
  private ownSlots(node: Node & { readonly op: 'new' }, s: Scope): readonly string[] {
    const { unit, family, pid } = this;
    return family.locals.flatMap(({ variable, reset, liveAt }, i) => {
      if (variable.kind === 'ghost') return [];
      const cell = unit.layout.instances[pid]!.locals[i];
      const live = cell !== undefined && liveAt.includes(this.location);
      const js =
        this.locals.get(variable) ??
        (live ? readCellJs(unit, { source: s.source, cell, words: NOWHERE, shift: NOWHERE }, variable.type) : literal(unit, variable.type, reset[unit.index.instance(pid).index]!));
      return mentions(variable, node.pool.name) ? [slotsOf(unit, variable.type, js, node.pool)] : [];
    });
  }

  private release(pool: Pool, slot: string, em: Emitter): void {
    const { unit } = this;
    em.line(this.setAlive(pool.name, slot, '0'));
    const { fields } = unit.layout.pools[unit.index.pool(pool)]!;
    pool.fields.forEach(({ variable, initial }, f) => {
      const located = elementOf({ source: AFTER, words: NOWHERE, shift: NOWHERE }, fields[f]!, slot);
      const js = writeCellJs(unit, located, variable.type, literal(unit, variable.type, initial));
      if (js !== undefined) em.line(js);
    });
  }

  private setAlive(pool: string, slot: string, bit: string): string {
    const { alive } = this.unit.layout.pools[this.unit.index.poolNamed(pool)]!;
    const element = elementOf({ source: AFTER, words: NOWHERE, shift: NOWHERE }, alive, slot);
    return writeCellJs(this.unit, element, { kind: 'bool' }, bit) ?? '';
  }

  // ---- the end of a path ----------------------------------------------------------------------------------------------

  private stop(target: number, em: Emitter): void {
    const { unit } = this;
    const move = { pid: this.pid, from: this.location, to: target, locals: this.locals };
    for (const line of standAt(unit, move, AFTER)) em.line(line);
    this.siteWords().forEach((sites, i) => {
      const once = unit.once();
      em.line(`if ((site${i} & ~${once}) !== 0) ${once} |= cover(site${i}, ${unit.constant(sites)});`);
    });
    if (this.asserted.length > 0) em.line(`if (violated !== 0) noted(violated, ${unit.constant(this.asserted.map((a) => unit.assertion(a)))}, q);`);
    if (unit.hasStepInvariants) em.line('judge(S, b, O, q);');
    if (this.end === 'return q;') em.line('return advance(q);');
    else em.line(`q = advance(q); O = out.words; ${this.end}`);
  }
}

const mentions = (variable: Variable, pool: string): boolean => mentionsPool(variable.type, pool);
