// Whole random specs: declarations, procedures, processes, properties.

import { cardinality, nullable, range, showType, type EnumType, type RecordType, type Type } from '../../../src/core/type.js';
import { choicesFrom, type Choices } from './choices.js';
import { truthOf } from './expressions.js';
import { fairWorld } from './fair-world.js';
import { valueOf } from './numbers.js';
import { block, dance, loopCounter, markOf, MOST_WAYS, statement, type Flow } from './statements.js';
import { temporal, temporalProperties } from './temporal.js';
import { anyType, bool, keyType, literal, plainType, showSet, wideType } from './types.js';
import { freshName, type Focus, type Named, type PoolPlan, type ProcessPlan, type Scope, type World } from './world.js';

/** A module for random specs to make an instance of: `import "./cell" as cell with Item = …`. */
export const CELL = `/// A box for one item.
abstract type Item
const ROOM: 1..2

var held: Item? = null
var used: 0..ROOM = 0
ghost var puts: 0..3 = 0

atomic procedure put(x: Item): bool {
  if held != null { return false }
  held := x
  used := 1
  puts := (puts + 1) % 4
  return true
}

procedure take(): Item? {
  var got: Item?
  got := xchg(held, null)
  if got != null { used := 0 }
  return got
}

invariant Counted = held == null => used <= 1
`;

const indent = (lines: readonly string[]): string[] => lines.map((l) => `  ${l}`);
const some = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

/** The text of a spec made from a list of numbers. */
export function specFrom(numbers: readonly number[], focus: Focus = 'anything'): string {
  const choices = choicesFrom(numbers);
  const world = focus === 'fairness' ? fairWorld(choices) : worldOf(choices);
  const lines = [...declarations(world), ...procedures(world), ...initBlock(world)];
  for (const process of world.processes) lines.push(...processText(world, process));
  lines.push(...(focus === 'fairness' ? temporalProperties(world) : properties(world)));
  return `${lines.join('\n')}\n`;
}

function worldOf(choices: Choices): World {
  const enums: EnumType[] = [
    { kind: 'enum', name: 'Colour', members: ['RED', 'GREEN', 'BLUE'] },
    { kind: 'enum', name: 'Phase', members: ['IDLE', 'BUSY'] },
  ];
  const temper = choices.among([[58, 'calm'], [42, 'bold']] as const);
  const records: RecordType[] = choices.chance(50) ? [{ kind: 'record', name: 'Pair', fields: [{ name: 'a', type: range(0, 2) }, { name: 'b', type: plainType(choices, enums) }] }] : [];
  const wide = choices.chance(20);
  const pool = choices.chance(45) ? poolPlan(choices, enums, wide) : undefined;
  const shared: Named[] = some(2 + choices.below(4), (i) => ({ name: `v${i}`, type: wide && choices.chance(50) ? wideType(choices, enums) : anyType(choices, enums, records) }));
  if (!shared.some((v) => v.type.kind === 'range')) shared.push({ name: 'num', type: range(0, 2) });
  if (!shared.some((v) => v.type.kind === 'bool') && choices.chance(50)) shared.push({ name: 'flag', type: bool });
  if (pool !== undefined) {
    const ref: Type = { kind: 'ref', pool: pool.name, size: pool.size };
    shared.push({ name: 'ref', type: nullable(ref) });
    if (temper === 'bold' && choices.chance(50)) shared.push({ name: 'bag', type: { kind: 'set', of: ref } });
  }
  const context: Named | undefined = choices.chance(12) ? { name: 'i', type: range(0, 1) } : undefined;
  const processes = processPlans(choices, pool, context);
  if (choices.chance(20)) shared.push({ name: 'who', type: nullable({ kind: 'pid', names: processes.flatMap((p) => p.instances) }) });
  return {
    choices, temper, enums, records, shared, processes, focus: 'anything', dances: false,
    labelled: choices.chance(15),
    aliases: [{ name: 'Idx', type: range(0, 2) }],
    ...(pool === undefined ? {} : { pool }),
    ...(context === undefined ? {} : { context }),
    ghosts: choices.chance(60) ? some(1 + choices.below(2), (i) => ({ name: `g${i}`, type: ghostType(choices, enums, pool) })) : [],
    procedures: [], defs: [], macros: [], labels: [], calls: [],
    ...(choices.chance(15) ? { cell: range(0, 1) } : {}),
    asserted: 0,
    fresh: 0,
  };
}

function ghostType(choices: Choices, enums: readonly EnumType[], pool: PoolPlan | undefined): Type {
  if (pool !== undefined && choices.chance(25)) return nullable({ kind: 'ref', pool: pool.name, size: pool.size });
  return plainType(choices, enums);
}

function poolPlan(choices: Choices, enums: readonly EnumType[], wide: boolean): PoolPlan {
  const size = wide ? 3 + choices.below(6) : 1 + choices.below(3);
  const fields: Named[] = [{ name: 'v', type: plainType(choices, enums) }];
  if (choices.chance(50)) fields.push({ name: 'w', type: choices.chance(50) ? nullable({ kind: 'ref', pool: 'Obj', size }) : { kind: 'map', key: keyType(choices, enums), value: bool } });
  if (wide) fields.push({ name: 'z', type: wideType(choices, enums) });
  return { name: 'Obj', size, fields, maps: choices.chance(35) ? [{ name: 'armed', type: choices.chance(50) ? bool : range(0, 2) }] : [] };
}

function processPlans(choices: Choices, pool: PoolPlan | undefined, context: Named | undefined): ProcessPlan[] {
  const names = some(choices.among([[3, 1], [5, 2], [1, 3]]), (i) => `p${i}`);
  const plans: ProcessPlan[] = names.map((name, i) => {
    if (context !== undefined) return { name, parameter: context, instances: [`${name}[0]`, `${name}[1]`], interrupts: false };
    if (pool !== undefined && i > 0 && choices.chance(15)) {
      return { name, parameter: { name: 'x', type: { kind: 'ref', pool: pool.name, size: pool.size } }, instances: [], interrupts: false };
    }
    const kind = choices.below(10);
    if (kind < (names.length === 1 ? 1 : 4)) return { name, instances: [name], interrupts: false };
    if (kind === 9) return { name, parameter: { name: 'i', type: bool }, instances: [`${name}[false]`, `${name}[true]`], interrupts: false };
    const most = names.length > 2 ? 1 : names.length > 1 ? 1 + choices.below(2) : 1 + choices.below(3);
    return { name, parameter: { name: 'i', type: range(0, most) }, instances: some(most + 1, (n) => `${name}[${n}]`), interrupts: false };
  });
  if (choices.chance(20)) plans.push({ name: 'irq', parameter: { name: 'i', type: range(0, 0) }, instances: ['irq[0]'], interrupts: true });
  return plans;
}

// ---- declarations -------------------------------------------------------------------------------------------------------

function declarations(world: World): string[] {
  const { choices, pool } = world;
  const lines: string[] = choices.chance(30) ? ['spec random'] : [];
  if (world.labelled) lines.push('steps label');
  if (world.cell !== undefined) lines.push(`import "./cell" as cell with Item = ${showType(world.cell)}, ROOM = 2`);
  lines.push('const N: 1..3 = 2', 'type Idx = 0..N');
  if (world.context !== undefined) lines.push(`context ${world.context.name}: ${showType(world.context.type)}`);
  for (const e of world.enums) lines.push(`enum ${e.name} { ${e.members.join(', ')} }`);
  for (const r of world.records) lines.push(`record ${r.name} {`, ...r.fields.map((f) => `  ${f.name}: ${showType(f.type)} = ${literal(choices, f.type)}`), '}');
  if (pool !== undefined) lines.push(...poolText(world, pool));
  for (const { name, type } of world.shared) lines.push(`var ${name}: ${sameAsIdx(type) && choices.chance(50) ? 'Idx' : showType(type)}${initialText(world, type)}`);
  for (const { name, type } of world.ghosts) lines.push(`ghost var ${name}: ${showType(type)}${refOrPid(type) ? '' : ` = ${literal(choices, type)}`}`);
  if (choices.chance(50)) lines.push(...defText(world));
  if (choices.chance(35)) lines.push(...macroText(world));
  return lines;
}

const sameAsIdx = (t: Type): boolean => t.kind === 'range' && t.lo === 0 && t.hi === 2;
const refOrPid = (t: Type): boolean => t.kind === 'ref' || t.kind === 'pid' || (t.kind === 'nullable' && refOrPid(t.of));

function initialText({ choices }: World, t: Type): string {
  if (t.kind === 'set' && t.of.kind === 'ref') return ' = {}';
  if (refOrPid(t)) return choices.chance(50) ? ' = null' : '';
  if (choices.chance(12)) return ` in {${literal(choices, t)}, ${literal(choices, t)}}`;
  if (choices.chance(6) && (t.kind === 'range' || t.kind === 'enum') && cardinality(t) <= 5) return ` in ${showSet(t)}`;
  if (t.kind === 'map' && t.value.kind !== 'map' && choices.chance(50)) return ` = ${literal(choices, t.value)}`;
  return choices.chance(85) ? ` = ${literal(choices, t)}` : '';
}

function poolText({ choices, temper }: World, pool: PoolPlan): string[] {
  const field = (f: Named): string => `  ${f.name}: ${showType(f.type)}${refOrPid(f.type) ? ' = null' : f.type.kind === 'map' && f.type.value.kind === 'bool' ? ' = false' : ` = ${literal(choices, f.type)}`}`;
  const extended = pool.fields.length > 1 && choices.chance(40);
  const own = extended ? pool.fields.slice(0, 1) : pool.fields;
  return [
    `pool ${pool.name}[${pool.size}]${choices.chance(temper === 'bold' ? 40 : 15) ? ' noleak' : ''}${choices.chance(30) ? ' reuse' : ''} {`,
    ...own.map(field),
    '}',
    ...(extended ? [`extend pool ${pool.name} {`, ...pool.fields.slice(1).map(field), '}'] : []),
    ...pool.maps.map((m) => `var ${m.name}: [${pool.name} -> ${showType(m.type)}] = ${literal(choices, m.type)}`),
  ];
}

const scopeOf = (world: World, mode: Scope['mode'], bound: readonly Named[] = []): Scope => ({ world, mode, locals: [], bound, hasSelf: false });

function defText(world: World): string[] {
  const { choices } = world;
  const parameter = choices.pick(world.shared).type;
  if (refOrPid(parameter) || (parameter.kind === 'set' && parameter.of.kind === 'ref')) return [];
  const result: Type = choices.chance(60) ? bool : range(0, 2);
  const scope = scopeOf(world, 'program', [{ name: 'a', type: parameter }]);
  const line = `def d0(a: ${showType(parameter)}): ${showType(result)} = ${result.kind === 'bool' ? truthOf(scope, 2) : valueOf(scope, result, 2)}`;
  world.defs.push({ name: 'd0', parameter, result });
  return [line];
}

const flowOf = (world: World, owner: Flow['owner'], locals: readonly Named[], bound: readonly Named[], more: Partial<Flow> = {}): Flow => ({
  world, mode: 'program', locals, bound, owner, inLoop: false, inAtomic: false, depth: 0, targets: [], hasSelf: owner.kind === 'process',
  ways: { left: MOST_WAYS }, needsLabel: { value: true }, ...more,
});

function macroText(world: World): string[] {
  const place = world.choices.pick(world.shared).type;
  const value = range(0, 2);
  const flow = flowOf(world, { kind: 'macro', name: 'mac' }, [{ name: 'a', type: place }], [{ name: 'b', type: value }], { depth: 2, ways: { left: 1 } });
  const lines = ['macro mac(a, b) {', ...indent(block(flow, 2)), '}'];
  world.macros.push({ name: 'mac', place, value });
  return lines;
}

// ---- procedures ---------------------------------------------------------------------------------------------------------

function procedures(world: World): string[] {
  return some(world.choices.below(3), (i) => procedureText(world, `f${i}`)).flat();
}

function procedureText(world: World, name: string): string[] {
  const { choices, shared } = world;
  const atomic = choices.chance(35);
  const simpleType = (): Type => { const t = choices.pick(shared).type; return refOrPid(t) || (t.kind === 'set' && t.of.kind === 'ref') ? bool : t; };
  const parameters = some(choices.below(3), (i) => ({ name: 'ab'[i]!, type: i === 0 && choices.chance(40) ? range(0, 2) : simpleType(), inout: choices.chance(35) }));
  const result = choices.chance(55) ? simpleType() : undefined;
  const local: Named = { name: 'n', type: choices.chance(60) ? range(0, 2) : simpleType() };
  const ways = { left: 8 };
  const targets = atomic || !choices.chance(world.focus === 'fairness' ? 4 : 15) ? [] : [`again_${name}`];
  const flow = flowOf(world, { kind: 'procedure', name, ...(result === undefined ? {} : { result }) }, [local, ...parameters], [loopCounter, ...(world.context === undefined ? [] : [world.context])], {
    inAtomic: atomic, depth: 1, targets, ways, hasSelf: true, needsLabel: { value: !atomic },
  });
  const header = parameters.map((p) => `${p.inout ? 'inout ' : ''}${p.name}: ${showType(p.type)}`).join(', ');
  const lines = [
    `${atomic ? 'atomic ' : ''}${choices.chance(20) ? 'observable ' : ''}procedure ${name}(${header})${result === undefined ? '' : `: ${showType(result)}`} {`,
    `  var n: ${showType(local.type)}${choices.chance(60) && !world.labelled ? ` = ${valueOf({ ...flow, locals: parameters, bound: [] }, local.type, 1)}` : ''}`,
    '  var c: 0..3 = 0',
    ...indent([...targets.flatMap((label) => statement({ ...flow, depth: 2 }, label)), ...block(flow, 3)]),
    ...(result === undefined ? [] : indent([`${world.labelled && !atomic ? `${freshName(world, 'l')}: ` : ''}return ${returned(flow, result)}`])),
    '}',
  ];
  world.procedures.push({ name, parameters, atomic, ways: Math.ceil(8 / Math.max(1, ways.left)), ...(result === undefined ? {} : { result }) });
  return lines;
}

/** An expression, or the result of another procedure or of an exchange. */
function returned(flow: Flow, result: Type): string {
  const { choices, procedures: known, shared } = flow.world;
  const same = shared.filter((v) => showType(v.type) === showType(result) && v.type.kind !== 'record' && v.type.kind !== 'map');
  const plain = known.filter((p) => p.parameters.length === 0 && p.ways === 1 && p.result !== undefined && showType(p.result) === showType(result));
  if (plain.length > 0 && choices.chance(50)) return `${plain[0]!.name}()`;
  if (same.length > 0 && choices.chance(20)) return `xchg(${same[0]!.name}, ${valueOf(flow, result, 1)})`;
  return valueOf(flow, result, 2);
}

// ---- init and processes -------------------------------------------------------------------------------------------------

function initBlock(world: World): string[] {
  if (!world.choices.chance(20)) return [];
  const flow = flowOf(world, { kind: 'init', name: 'init' }, [], [], { inAtomic: true, depth: 1, ways: { left: 8 } });
  return ['init {', ...indent(block(flow, 2)), '}'];
}

function processText(world: World, plan: ProcessPlan): string[] {
  const { choices, pool } = world;
  const isSlot = plan.parameter?.type.kind === 'ref';
  const locals: Named[] = [{ name: 'n', type: range(0, 2) }];
  if (choices.chance(world.focus === 'fairness' ? 15 : 65)) locals.push({ name: 'u', type: choices.pick([...world.shared, ...world.shared.filter((v) => isCompound(v.type))]).type });
  if (pool !== undefined && choices.chance(85)) locals.push({ name: 'o', type: nullable({ kind: 'ref', pool: pool.name, size: pool.size }) });
  const bound = [...(plan.parameter === undefined ? [] : [plan.parameter]), loopCounter];
  const flow = flowOf(world, { kind: 'process', name: plan.name }, locals, bound);
  const set = plan.parameter === undefined ? '' : plan.parameter.type.kind === 'ref' ? pool!.name : showSet(plan.parameter.type);
  const fairness = world.focus === 'fairness' ? choices.among([[plan.name === 'p1' ? 1 : 3, ''], [6, 'fair '], [plan.name === 'p1' ? 8 : 2, 'fair+ ']]) : choices.pick(['', 'fair ', 'fair+ ']);
  const target = choices.chance(world.dances ? 0 : 40) && !plan.interrupts ? [`top_${plan.name}`] : [];
  const labelled = { ...flow, targets: target };
  const first: string[] = isSlot ? [`await alive(${plan.parameter!.name})`] : plan.interrupts ? [`await ${truthOf(flow, 2)}`] : [];
  if (locals.some((v) => v.name === 'o') && world.temper === 'bold' && choices.chance(60)) first.push('o := new? Obj');
  const lead = first.map((line) => (world.labelled ? `${freshName(world, 'l')}: ${line}` : line));
  if (first.length > 0) flow.needsLabel.value = false;
  const header = `${fairness}process ${plan.name}${plan.parameter === undefined ? '' : `(${plan.parameter.name} in ${set})`}${plan.interrupts ? ` interrupts ${world.processes[0]!.instances[0] ?? world.processes[0]!.name}` : ''} {`;
  return [header, ...indent(locals.map((v) => localText(world, v, plan))), '  var c: 0..3 = 0', ...indent([...lead, ...target.flatMap((label) => statement({ ...labelled, depth: 0 }, label)), ...bodyText(labelled)]), '}'];
}

const isCompound = (t: Type): boolean => t.kind === 'map' || t.kind === 'record';

function localText(world: World, { name, type }: Named, plan: ProcessPlan): string {
  const { choices } = world;
  if (refOrPid(type) || (type.kind === 'set' && type.of.kind === 'ref')) return `var ${name}: ${showType(type)}`;
  if (name === 'n' && plan.parameter?.type.kind === 'range' && plan.parameter.type.hi <= 2 && choices.chance(30)) return 'var n: Idx = i';
  if (choices.chance(world.focus === 'fairness' ? 3 : 8)) return `var ${name}: ${showType(type)} in {${literal(choices, type)}, ${literal(choices, type)}}`;
  return `var ${name}: ${showType(type)}${choices.chance(60) ? ` = ${literal(choices, type)}` : ''}`;
}

/** Statements one after the other, or for ever, or a server that rests between its rounds. */
function bodyText(flow: Flow): string[] {
  const { world } = flow;
  const { choices } = world;
  const round = (n: number): string[] => block({ ...flow, inLoop: true, depth: 0, needsLabel: { value: world.labelled } }, n);
  const label = world.labelled ? `${freshName(world, 'l')}: ` : '';
  return choices.among<() => string[]>([
    [world.focus !== 'fairness' || world.labelled ? 0 : world.dances ? 60 : 8, () => dance(flow)],
    [world.focus === 'fairness' ? 3 : 6, () => some(2 + choices.below(4), () => statement(flow)).flat()],
    [2, () => [`${label}loop {`, ...indent([`${freshName(world, 'l')}:${world.focus === 'fairness' ? markOf(world) : ''} rest until ${truthOf(flow, 2)}`, ...round(3)]), '}']],
    [2, () => [...statement(flow), `${label}loop {`, ...indent(round(3)), '}']],
    [world.labelled ? 0 : 1, () => ['loop {', '  either {', `    rest until ${truthOf(flow, 1)}`, ...indent(indent(round(2))), '  } or {', ...indent(indent(round(2))), '  }', '}']],
    [world.labelled ? 0 : 1, () => ['loop {', '  atomic {', `    rest until ${truthOf(flow, 1)}`, ...indent(indent(block({ ...flow, inAtomic: true, ways: { left: MOST_WAYS }, depth: 1 }, 3))), '  }', '}']],
  ])();
}

// ---- properties ---------------------------------------------------------------------------------------------------------

function properties(world: World): string[] {
  const { choices, pool, temper } = world;
  const state = scopeOf(world, 'state');
  const x = world.shared.find((v) => v.type.kind === 'range')!;
  const { hi } = x.type as { hi: number };
  const lines: string[] = [];
  if (choices.chance(70)) lines.push(`invariant Fits = ${x.name} <= ${hi}${choices.chance(40) ? ` || ${truthOf(state, 2)}` : ''}`);
  if (choices.chance(50)) lines.push(`invariant Random = ${truthOf(state, 3)}${choices.chance(50) ? ` || ${truthOf(state, 2)} || ${truthOf(state, 2)}` : ''}`);
  if (choices.chance(50)) lines.push(`invariant Guarded = ${truthOf(state, 2)} => ${choices.chance(50) ? truthOf(state, 2) : `${x.name} >= ${(x.type as { lo: number }).lo}`}`);
  if (choices.chance(35)) lines.push(`step invariant Slow = ${truthOf(scopeOf(world, 'step'), 2)}${choices.chance(50) ? ` || ${x.name}' <= ${hi}` : ''}`);
  if (choices.chance(30)) lines.push(`property Later = ${temporal(choices, () => `(${truthOf(state, 1)})`)}`);
  if (pool !== undefined && choices.chance(40)) lines.push(`invariant NoUse = never ${pool.name}.use_after_free`);
  if (temper === 'bold' && choices.chance(20)) lines.push('invariant InRange = never out_of_range');
  if (lines.length === 0) lines.push(`invariant Fits = ${x.name} <= ${hi}`);
  if (choices.chance(15)) lines.push('check quick {', '  only deadlock', '  N = 2', '  expect deadlock holds', '}', 'expect deadlock violated');
  return lines;
}
