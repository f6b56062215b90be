// The function of one location of one process: `(S, b, O, q)` reads the state at S[b], writes each successor at O[q] and returns where
// the next one goes. A step without loops is a tree: what stands behind the place where paths join is written out for each of them, and
// the ways of a choice stand one behind the other, each a block that its paths leave at their end. A step that loops, or would become too
// long, is a switch: nodes where paths join are its cases, and what a choice leaves to try is put on a stack with the state and the locals.
//
// The state is copied to O[q] before the first change; what comes before (the guards) reads S[b]. The process's own locals are variables
// of the function, because many of them matter within the step only and have no bits in a state.
//
// Where a state has few words, and the step needs none by a number that is computed, they are variables too: the function gets them as
// arguments, and writes them to O[q] at the end.

import { assert, unreachable } from '../base/unreachable.js';
import type { ErrorName, Variable } from '../core/expr.js';
import type { Node } from '../model/model.js';
import { MAX_PASSES } from '../model/interpret.js';
import { NeedsMemory, type StateWords } from './access.js';
import { allocate, release } from './allocate.js';
import { elementJs, literal, unboxed } from './convert.js';
import { Emitter } from './emitter.js';
import { conditionJs, valueJs } from './expression.js';
import { not } from './operator.js';
import { meet, plainName, resolvePlace, storeJs } from './place.js';
import { liveSlotJs } from './read.js';
import { plainOf, reprOf } from './representation.js';
import type { Scope } from './scope.js';
import { standAt } from './stand.js';
import { AFTER, AFTER_HERE, BEFORE, BEFORE_HERE, BITS, declarations, localIndex, localsChangedBy, partsOfStep, pathVariables, setBit, startOfTree, stepParameters, wordNames, type StepParts, type StepUnit } from './step-parts.js';

/** How far a path has come. Sets and maps are its own: where paths part, all but one get copies. */
interface Path {
  /** There is a copy of the state, which may be changed. */
  readonly copied: boolean;
  /** The process's own locals that it may have changed. */
  readonly changed: Set<Variable>;
  /** What they are (see `Own`). */
  readonly locals: Map<Variable, string>;
  /** In a tree: the sites that it has passed, one bit each in words of 31. */
  readonly sites: readonly number[];
  /** A named assertion may have failed on it. */
  readonly doubted: boolean;
}

export function stepFunction(unit: StepUnit, name: string, pid: number, location: number): readonly string[] {
  const parts = partsOfStep(unit, pid, location);
  if (wordNames(unit, AFTER_HERE).length > 0 && parts.heads.size === 0 && !unit.hasStepInvariants) {
    try {
      return new Step(parts, name, BEFORE_HERE, AFTER_HERE).lines();
    } catch (error) {
      if (!(error instanceof NeedsMemory)) throw error;
    }
  }
  return new Step(parts, name, BEFORE, AFTER).lines();
}

class Step {
  /** What a path does at its end: leaves the function, or the way of a choice that it is. */
  private end = 'return q;';
  private ways = 0;
  private canFail = false;
  private readonly em = new Emitter();
  private readonly siteTables: string[] = [];
  private readonly resets = new Map<Variable, string>();
  private readonly isTree: boolean;
  /** For each word of sites, the variable that knows which were told of. */
  private readonly told: readonly string[];

  constructor(
    private readonly step: StepParts,
    private readonly name: string,
    private readonly before: StateWords,
    private readonly after: StateWords,
  ) {
    this.isTree = step.heads.size === 0;
    this.told = step.siteWords.map(() => step.unit.once());
  }

  // ---- the function ---------------------------------------------------------------------------------------------------

  lines(): readonly string[] {
    const { em } = this;
    em.line(`function ${this.name}(${stepParameters(this.step.unit)}) { // ${this.step.family.locations[this.step.location]!.name}`);
    const start = this.isTree ? startOfTree(this.step, this.before) : { lines: declarations(this.step, this.before), locals: this.joint };
    const body = this.body(start.locals);
    for (const line of this.isTree ? usedOf(start.lines, body) : start.lines) em.line(line);
    if (this.nextWords.length > 0) em.line(`let ${this.nextWords.map((word) => `${word} = 0`).join(', ')};`);
    for (const line of body) em.line(line);
    em.line('}');
    return em.lines;
  }

  /** The words after the step where they are variables. */
  private get nextWords(): readonly string[] {
    return this.after.kind === 'variables' ? wordNames(this.step.unit, this.after) : [];
  }

  private get copy(): string {
    const { unit } = this.step;
    return this.after.kind === 'memory' ? 'copy(S, b, O, q);' : wordNames(unit, this.before).map((word, w) => `${this.nextWords[w]!} = ${word};`).join(' ');
  }

  private body(locals: Map<Variable, string>): readonly string[] {
    const em = this.em.child();
    if (this.isTree) {
      this.walk(this.step.entry, em, { copied: false, changed: new Set(), locals, sites: this.step.siteWords.map(() => 0), doubted: false });
      return em.lines;
    }
    this.end = 'break path;';
    // Where a path may come back to the entry, its guards must see what the path has changed.
    const again = this.step.returns;
    const cases = em.child();
    for (const id of this.step.heads) this.case(id, cases, again || id !== this.step.entry);
    const loop = em.child();
    loop.block('switch (pc)', cases);
    const path = em.child();
    path.block('run: for (;;)', loop);
    if (this.canFail) path.lines.splice(0, path.lines.length, 'try {', ...path.lines, `} catch (e) { ${this.failed()} }`);
    const paths = em.child();
    paths.block('path:', path);
    if (this.step.chooses) this.pop(paths);
    else paths.line('return q;');
    em.line(`let pc = ${this.step.entry};`);
    if (this.step.chooses) em.line('let r = 0, ri = 0; const bottom = stack.length;');
    if (again) em.line(this.copy);
    em.block('for (;;)', paths);
    return em.lines;
  }

  /** The locals where paths join. */
  private get joint(): Map<Variable, string> {
    return new Map(this.step.locals);
  }

  /** Where paths join: any local that the step touches may have changed. */
  private anyPath(copied: boolean): Path {
    return { copied, changed: new Set(this.step.locals.keys()), locals: this.joint, sites: [], doubted: true };
  }

  private case(id: number, cases: Emitter, copied: boolean): void {
    const inner = cases.child();
    const node = this.step.nodes.get(id)!;
    if (node.op === 'pick') {
      if (!copied) inner.line(this.copy);
      this.pickCases(id, node, inner, cases);
      return;
    }
    this.walk(id, inner, this.anyPath(copied), true);
    cases.block(`case ${id}:`, inner);
  }

  private failed(): string {
    const marks = this.step.siteWords.map((sites, i) => `cover(site${i}, ${this.step.unit.constant(sites)});`).join(' ');
    return [...this.noted('-1', true), 'failed(e);', ...(marks === '' ? [] : [marks])].join(' ');
  }

  /** Statements that note the assertions which failed, with where the successor lies. */
  private noted(to: string, doubted: boolean): readonly string[] {
    const { unit, assertedWords } = this.step;
    if (!doubted) return [];
    return assertedWords.map((words, i) => `if (violated${i} !== 0) noted(violated${i}, ${unit.constant(words.map((name) => unit.assertion(name)))}, ${to});`);
  }

  // ---- choices --------------------------------------------------------------------------------------------------------

  /** In a tree: the ways of a choice, one behind the other. Each begins with the state as it was at the choice. */
  private choose(em: Emitter, copied: boolean, ways: readonly ((inner: Emitter) => void)[], loop?: { readonly head: string }): void {
    const kept = [...this.step.assertedWords.map((_, i) => `violated${i}`), ...(copied ? this.nextWords : [])].map((name) => [name, em.fresh('was')] as const);
    if (kept.length > 0) em.line(`const ${kept.map(([name, was]) => `${was} = ${name}`).join(', ')};`);
    const saves = copied && this.after.kind === 'memory';
    if (saves) em.line('save(O, q);');
    const outer = this.end;
    const body = loop === undefined ? em : em.child();
    ways.forEach((way, i) => {
      const label = `way${this.ways++}`;
      this.end = `break ${label};`;
      const inner = body.child();
      // A loop within a way of another choice: here ways multiply.
      if (loop !== undefined && outer !== 'return q;') inner.line('tick();');
      if (i > 0 || loop !== undefined) {
        if (kept.length > 0) inner.line(kept.map(([name, was]) => `${name} = ${was};`).join(' '));
        if (saves) inner.line('again(O, q);');
      }
      way(inner);
      body.block(`${label}:`, inner);
    });
    if (loop !== undefined) em.block(loop.head, body);
    if (saves) em.line('forgetSaved();');
    this.end = outer;
    em.line(this.end);
  }

  private pickWays(node: Node & { readonly op: 'pick' }, reading: Scope, em: Emitter, path: Path): void {
    const { unit } = this.step;
    assert(node.set.type.kind === 'set', 'an element of a set');
    const of = node.set.type.of;
    const set = valueJs(node.set, reading, em);
    const packed = reprOf(node.set.type) === 'packed';
    const x = em.fresh(packed ? 'm' : 'e');
    const head = packed ? `for (let ${x} = ${set}; ${x} !== 0; ${x} &= ${x} - 1)` : `for (const ${x} of ${set})`;
    const way = (inner: Emitter): void => {
      const element = packed ? elementJs(unit, of, `(31 - Math.clz32(${x} & -${x}))`) : unboxed(unit, of, x);
      const here = this.marked(node, apart(path), inner);
      const place = { variable: node.variable, path: [], type: node.variable.type, at: node.at };
      const isLocal = unit.index.home(node.variable).kind === 'local';
      if (!isLocal && !path.copied) inner.line(this.copy);
      const changing = this.scope(this.after, here);
      const held = inner.hold(element, `${plainName(node.variable)}_`);
      if (plainOf(of)?.kind === 'ref' && of.kind !== 'nullable') inner.learn(`${held} === ${unit.nil}`, false);
      storeJs({ place, path: [] }, of, held, changing, inner);
      this.walk(node.next, inner, this.passed(node, here, !isLocal));
    };
    this.choose(em, path.copied, [way], { head });
  }

  /** What goes on the stack with a path. */
  private get saved(): readonly string[] {
    return [...pathVariables(this.step), 'r', 'ri', 'pc'];
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
    const { unit } = this.step;
    const path = this.anyPath(true);
    const next = id + this.step.family.nodes.length;
    this.marked(node, path, first);
    const set = valueJs(node.set, this.scope(this.after, path), first);
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
    storeJs({ place: { variable: node.variable, path: [], type: node.variable.type, at: node.at }, path: [] }, of, 'e', this.scope(this.after, path), inner);
    this.walk(node.next, inner, path);
    cases.block(`case ${next}:`, inner);
  }

  // ---- nodes ----------------------------------------------------------------------------------------------------------

  /** What is asked there. */
  private scope(source: StateWords, path: Path): Scope {
    return {
      unit: this.step.unit,
      source,
      own: { pid: this.step.pid, locals: path.locals, joins: !this.isTree },
      bound: new Map(),
      fail: (error) => (this.isTree ? this.erred(error, path) : this.thrown(error)),
    };
  }

  private thrown(error: ErrorName): string {
    this.canFail = true;
    return `throw ${this.step.unit.error(error)};`;
  }

  /** In a tree, where it is known what the path has passed. */
  private erred(error: ErrorName, { sites, doubted }: Path): string {
    const { unit, siteWords } = this.step;
    const [first, ...more] = siteWords.flatMap((_, i) => (sites[i] === 0 ? [] : [`${sites[i]!}, ${this.siteTable(i)}`]));
    const number = unit.error(error);
    const marks = [first === undefined ? `failed(${number});` : `erred(${number}, ${first});`, ...more.map((word) => `cover(${word});`)];
    return `{ ${[...this.noted('-1', doubted), ...marks, this.end].join(' ')} }`;
  }

  /** After a node; `inState`: it changed the copy. */
  private passed(node: Node, path: Path, inState: boolean): Path {
    for (const variable of localsChangedBy(node, this.step)) path.changed.add(variable);
    return path.copied || !inState ? path : { ...path, copied: true };
  }

  /** The path with the site of a node. */
  private marked(node: Node, path: Path, em: Emitter): Path {
    if (node.site === undefined) return path;
    const number = this.step.sites.indexOf(node.site);
    if (this.isTree) return { ...path, sites: path.sites.map((mask, word) => (word === Math.floor(number / BITS) ? mask | (1 << number % BITS) : mask)) };
    em.line(setBit('site', number));
    return path;
  }

  /** Emits a node and what follows it, up to a stop or a jump. */
  private walk(id: number, em: Emitter, before: Path, atCase = false): void {
    const { unit } = this.step;
    const { copied } = before;
    const node = this.step.nodes.get(id)!;
    if (this.step.heads.has(id) && !atCase) {
      if (!copied) em.line(this.copy);
      em.line(`pc = ${id}; continue run;`);
      return;
    }
    const path = node.op === 'pick' || node.op === 'either' ? before : this.marked(node, before, em);
    if (node.op === 'call' || node.op === 'return') {
      this.walk(node.next, em, path);
      return;
    }
    if (node.op === 'reset') {
      this.reset(node, em, path);
      this.walk(node.next, em, path);
      return;
    }
    const reading = this.scope(copied ? this.after : this.before, path);
    const changing = { ...reading, source: this.after };
    const toChange = (): void => {
      if (!copied) em.line(this.copy);
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
            if (condition !== undefined) em.leave(condition, reading.fail('assigned_twice'));
          }),
        );
        const inState = places.some((p) => unit.index.home(p.place.variable).kind !== 'local');
        const held = inState && !copied ? values.map((v) => em.hold(v)) : values;
        if (inState) toChange();
        places.forEach((place, i) => storeJs(place, node.values[i]!.type, held[i]!, changing, em));
        this.walk(node.next, em, this.passed(node, path, inState));
        return;
      }
      case 'branch': {
        const condition = conditionJs(node.condition, reading, em);
        const known = em.decided(condition);
        if (known !== undefined) {
          this.walk(known ? node.then : node.else, em, path);
          return;
        }
        const then = em.child();
        then.learn(condition, true);
        const parted = apart(path);
        this.narrow(parted.locals, condition);
        this.walk(node.then, then, parted);
        em.block(`if (${condition})`, then);
        if (this.isTree) {
          // Every path leaves.
          em.learn(condition, false);
          this.walk(node.else, em, path);
          return;
        }
        const otherwise = em.child();
        this.walk(node.else, otherwise, path);
        em.block('else', otherwise);
        return;
      }
      case 'await': {
        const condition = conditionJs(node.condition, reading, em);
        em.leave(not(condition), this.end);
        if (em.decided(condition) !== false || !this.isTree) this.walk(node.next, em, path);
        return;
      }
      case 'assert': {
        const condition = conditionJs(node.condition, reading, em);
        if (node.property === undefined) em.leave(not(condition), reading.fail('assertion'));
        else if (em.decided(condition) !== true) {
          em.line(`if (${not(condition)}) ${setBit('violated', this.step.asserted.indexOf(node.property))}`);
          this.walk(node.next, em, { ...path, doubted: true });
          return;
        }
        this.walk(node.next, em, path);
        return;
      }
      case 'either': {
        if (this.step.heads.size === 0) {
          this.choose(em, copied, node.branches.map((branch) => (inner) => {
            this.walk(branch, inner, this.marked(node, apart(path), inner));
          }));
          return;
        }
        this.marked(node, path, em);
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
        assert(this.step.heads.size === 0, 'in a switch a pick is a case');
        this.pickWays(node, reading, em, path);
        return;
      case 'new':
        toChange();
        allocate(node, this.step, changing, em);
        this.walk(node.next, em, this.passed(node, path, true));
        return;
      case 'free': {
        const slot = liveSlotJs(node.pool, node.ref, 'double_free', reading, em);
        toChange();
        release(node.pool, unit, this.after, slot, em);
        this.walk(node.next, em, this.passed(node, path, true));
        return;
      }
      case 'touch':
        liveSlotJs(node.pool, node.ref, 'use_after_free', reading, em);
        this.walk(node.next, em, path);
        return;
      case 'loop':
        em.line(`if (++n${id} > ${MAX_PASSES}) ${reading.fail('endless_atomic')}`);
        this.walk(node.next, em, path);
        return;
      case 'stop':
        toChange();
        this.stop(node.location, em, path);
        return;
      default:
        unreachable(node);
    }
  }

  private reset({ locals }: Node & { readonly op: 'reset' }, em: Emitter, path: Path): void {
    for (const variable of locals) {
      let js = this.resets.get(variable);
      if (js === undefined) {
        const { unit, pid, family } = this.step;
        js = literal(unit, variable.type, family.locals[localIndex(unit, variable)]!.reset[unit.index.instance(pid).index]!);
        this.resets.set(variable, js);
      }
      if (this.isTree) path.locals.set(variable, js);
      else em.line(`${path.locals.get(variable)!} = ${js};`);
      path.changed.add(variable);
    }
  }

  // ---- the end of a path ----------------------------------------------------------------------------------------------

  private stop(target: number, em: Emitter, path: Path): void {
    const { unit } = this.step;
    const locals = new Map<Variable, string>();
    for (const variable of path.changed) locals.set(variable, path.locals.get(variable)!);
    const move = { pid: this.step.pid, from: this.step.location, to: target, locals };
    for (const line of standAt(unit, move, this.after)) em.line(line);
    const words = wordNames(unit, AFTER);
    if (this.nextWords.length > 0) em.line(this.nextWords.map((word, w) => `${words[w]!} = ${word};`).join(' '));
    this.step.siteWords.forEach((_, i) => {
      const passed = this.isTree ? String(path.sites[i]) : `site${i}`;
      if (passed !== '0') em.line(`if ((${passed} & ~${this.told[i]!}) !== 0) ${this.told[i]!} |= cover(${passed}, ${this.siteTable(i)});`);
    });
    for (const line of this.noted('q', path.doubted)) em.line(line);
    if (unit.hasStepInvariants) em.line('judge(S, b, O, q);');
    if (this.end === 'return q;') em.line('return advance(q);');
    else em.line(`q = advance(q); O = room(); ${this.end}`);
  }

  /** Where the condition is true, which number a local is may be known. */
  private narrow(locals: Map<Variable, string>, condition: string): void {
    const equation = this.isTree ? /^\((\w+) === (-?\d+)\)$/.exec(condition) : null;
    if (equation === null) return;
    for (const [variable, js] of locals) if (js === equation[1]) locals.set(variable, equation[2]!);
  }

  /** The constant that has the sites of a word. */
  private siteTable(word: number): string {
    return (this.siteTables[word] ??= this.step.unit.constant(this.step.siteWords[word]));
  }
}

/** For a way of its own. */
const apart = (path: Path): Path => ({ ...path, changed: new Set(path.changed), locals: new Map(path.locals) });

/** The declarations of names that are used. */
function usedOf(declared: readonly string[], body: readonly string[]): readonly string[] {
  const text = body.join('\n');
  return declared.filter((line) => text.includes(/^\w+ (\w+)/.exec(line)![1]!));
}
