// The analysis on one page: modules, names, types, bodies, properties, then the checks that need the whole.

import { blocksOf } from '../ast/blocks.js';
import type { Stmt as TreeStmt } from '../ast/nodes.js';
import { isError, type Diagnostic } from '../base/diagnostic.js';
import type { Location, SourceFile } from '../base/span.js';
import { assert } from '../base/unreachable.js';
import type { Expr, Pool } from '../core/expr.js';
import { isSubtype, showType, type EnumType, type Type } from '../core/type.js';
import { completeBody, declareLocals, type OwnLocal } from './bodies.js';
import { runChecks } from './checks/run.js';
import { checkConfigs, overridesFor, validateChecks, constantNames, type CheckConfig } from './config.js';
import { makeReport, overrideOf, settingNames, shownNames, type Context } from './context.js';
import type { Env, Owner } from './env.js';
import { isAbstract, loadModules, locate, type Instance, type Loader, type Modules } from './modules.js';
import { givenFits } from './givers.js';
import { findTop, given } from './lookup.js';
import { procedureOf } from './procedures.js';
import type { Body, Procedure, Process, Program, Property } from './program.js';
import { reportPending } from './pending.js';
import { declaredProperties } from './properties.js';
import { calledBy } from './reach.js';
import { declareFields, declareProcesses, declareVariables, parameterOf, type FieldTable } from './state.js';
import type { LocalSymbol, ProcedureSymbol, ProcessSymbol, Symbol } from './symbols.js';
import { constantEnv, constantOf, OPAQUE, poolOf, typeOf, typeOfSymbol } from './types.js';

export interface AnalysisInput {
  readonly entry: SourceFile;
  readonly loader: Loader;
  /** The `check` block whose constants are set; none: constants as declared. */
  readonly check?: string;
  /** `--const NAME=TEXT`; names that the spec lacks are ignored (see `constantNames`). */
  readonly constants?: ReadonlyMap<string, string>;
  /** For editors: give what could be made out of a text with errors too, as `partial`. */
  readonly tolerant?: boolean;
}

/** What could be made of a text that may have errors. */
export interface Partial {
  readonly program: Program;
  /** Every procedure of every module, called or not. */
  readonly procedures: readonly Procedure[];
}

export interface Analysis {
  /** Absent when there are errors. */
  readonly program?: Program;
  readonly diagnostics: readonly Diagnostic[];
  /** The check blocks of the entry file, or one named `default`. */
  readonly checks: readonly CheckConfig[];
  /** Abstract declarations that nothing gives: the file cannot be run by itself. */
  readonly open: readonly string[];
  /** Abstract constants that only the check gives, each with the names by which another check can: one that does not leaves them open. */
  readonly givenByCheck: readonly (readonly string[])[];
  /** The file has a process or a `check` block. */
  readonly runnable: boolean;
  readonly constantNames: readonly string[];
  readonly files: readonly SourceFile[];
  /** Only where `tolerant` asked for it. */
  readonly partial?: Partial;
}

export function analyse(input: AnalysisInput): Analysis {
  const diagnostics: Diagnostic[] = [];
  const modules = loadModules(input.entry, input.loader, (d) => void diagnostics.push(d));
  const ctx = makeContext(modules, diagnostics, input);
  const runnable = modules.entry.tree.declarations.some((d) => d.kind === 'process' || d.kind === 'check');
  const broken = diagnostics.some(isError);
  // A tree with holes gives errors that are none of the user's: first the syntax.
  const program = broken ? undefined : makeProgram(ctx);
  if (program !== undefined) {
    validateChecks(ctx, program);
    runChecks(ctx, program, runnable);
  }
  const partial = input.tolerant === true ? partialOf(ctx, program, diagnostics) : undefined;
  return {
    ...(partial === undefined ? {} : { partial }),
    ...(program === undefined || diagnostics.some(isError) ? {} : { program }),
    diagnostics,
    checks: checkConfigs(modules.entry),
    open: openNames(ctx),
    givenByCheck: abstractSymbols(ctx).flatMap((s) => (s.kind === 'const' && overrideOf(ctx, s)?.kind === 'expr' ? [ctx.settingNames(s)] : [])),
    runnable,
    constantNames: constantNames(ctx),
    files: modules.files,
  };
}

/** A tree with holes is worked through for what is whole in it; what it gives rise to is not told, and may end the work. */
function partialOf(ctx: Context & { readonly fields: FieldTable }, made: Program | undefined, diagnostics: Diagnostic[]): Partial | undefined {
  const before = diagnostics.length;
  let program = made;
  try {
    program ??= makeProgram(ctx);
  } catch (error) {
    if (!diagnostics.some(isError)) throw error;
  }
  diagnostics.length = before;
  if (program === undefined) return undefined;
  const symbols = ctx.modules.instances.flatMap((i) => [...i.own.values()]);
  const procedures = symbols.flatMap((s) => (s.kind === 'procedure' && s.procedure !== undefined && s.procedure !== 'error' ? [s.procedure] : []));
  return { program, procedures };
}

function makeContext(modules: Modules, diagnostics: Diagnostic[], input: AnalysisInput): Context & { readonly fields: FieldTable } {
  const shown = shownNames(modules);
  const fields: FieldTable = new Map();
  const contexts = new Map<ProcedureSymbol, ReadonlyMap<string, Location>>();
  const assertions = new Map<string, { readonly instance: Instance; readonly at: Location }>();
  const symbols = modules.instances.flatMap((i) => [...i.own.values()]);
  // By the name that is shown; properties ask for the same few again and again.
  const processes = new Map<string, { readonly symbol: ProcessSymbol; readonly called: readonly ProcedureSymbol[] }>();
  const processNamed = (name: string) => {
    const symbol = symbols.find((s): s is ProcessSymbol => s.kind === 'process' && shown(s) === name);
    if (symbol !== undefined && !processes.has(name)) processes.set(name, { symbol, called: [...calledBy(ctx, symbol)] });
    return processes.get(name);
  };
  const ctx: Context & { readonly fields: FieldTable } = {
    modules,
    diagnostics,
    fields,
    overrides: overridesFor(modules, input.check, input.constants ?? new Map()),
    pid: { kind: 'pid', names: [] },
    instances: [],
    observed: new Set(),
    declaredLocals: [],
    underWay: [],
    calls: [],
    pending: [],
    shown,
    settingNames: settingNames(modules, shown),
    report: makeReport(diagnostics),
    fieldsOf: (pool) => fields.get(pool) ?? [],
    localsOf: (process) => ctx.processLocals.get(process) ?? new Map(),
    processLocals: new Map(),
    poolNamed(name) {
      if (name.startsWith(OPAQUE)) return { name, size: 2, reuse: false, noleak: false, fields: [], at: locate(modules.entry.source, { start: 0, end: 0 }) };
      const pool = symbols.map((s) => (s.kind === 'pool' ? poolOf(ctx, s) : undefined)).find((p) => p?.name === name);
      assert(pool !== undefined, `no pool ${name}`);
      return pool;
    },
    labelsOf(name, procedure) {
      const process = processNamed(name);
      if (process === undefined) return new Set();
      const called = process.called.filter((p) => procedure === undefined || shown(p) === procedure);
      const bodies = [...(procedure === undefined ? [process.symbol] : []), ...called].map((s) => s.declaration.body?.statements ?? []);
      return new Set(bodies.flatMap(labelNames));
    },
    callsOf: (name, procedure) => processNamed(name)?.called.some((p) => shown(p) === procedure) === true,
    proceduresOf: () => symbols.flatMap((s) => (s.kind === 'procedure' ? [shown(s)] : [])),
    noteContexts: (symbol, found) => void contexts.set(symbol, found),
    contextsOf: (symbol) => contexts.get(symbol) ?? new Map(),
    assertions,
    assertion(instance, name, at) {
      const taken = assertions.get(name);
      const others = modules.instances.some((i) => i !== instance && (asserts(i, name) || i.own.get(name)?.kind === 'property'));
      const bare = instance.isEntry || (!others && (taken === undefined || taken.instance === instance));
      const full = bare ? name : `${instance.prefix}.${name}`;
      if (!assertions.has(full)) assertions.set(full, { instance, at });
      const declared = instance.own.get(name);
      if (declared?.kind === 'property') ctx.report('resolve/duplicate-name', at, { name }, [{ at: declared.at, message: 'a property of this name' }]);
      return full;
    },
    stalePool(left, right) {
      const isNull = (e: Expr): boolean => e.op === 'const' && e.value === null;
      const type = left.type.kind === 'nullable' ? left.type.of : left.type;
      if (type.kind !== 'ref' || isNull(left) || isNull(right)) return undefined;
      const pool = ctx.poolNamed(type.pool);
      return pool.reuse ? undefined : pool;
    },
  };
  return ctx;
}

/** Some statement of the module asserts under that name. */
function asserts(instance: Instance, name: string): boolean {
  const inside = (list: readonly TreeStmt[]): boolean => list.some((s) => (s.kind === 'assert' && s.property?.text === name) || blocksOf(s).some(inside));
  return instance.tree.declarations.some((d) => 'body' in d && d.body !== undefined && inside(d.body.statements));
}

const labelNames = (list: readonly TreeStmt[]): readonly string[] =>
  list.flatMap((s) => [...(s.label === undefined ? [] : [s.label.name.text]), ...blocksOf(s).flatMap(labelNames)]);

function makeProgram(ctx: Context & { readonly fields: FieldTable }): Program | undefined {
  const { modules } = ctx;
  const { entry } = modules;
  const symbols = modules.instances.flatMap((i) => [...i.own.values()]);
  if (!givenFits(ctx, symbols)) return undefined;
  const constants = symbols.flatMap((s) => {
    const constant = s.kind === 'const' ? constantOf(ctx, s) : undefined;
    return constant === undefined ? [] : [{ name: ctx.shown(s), at: s.at, ...constant }];
  });
  const types = symbols.flatMap((s) => (s.kind === 'type' && given(ctx, s) === s ? [typeOfSymbol(ctx, s, s.at)] : []));
  // Processes first: the type `pid` counts their instances.
  const processSymbols = declareProcesses(ctx);
  declareFields(ctx, ctx.fields);
  const variables = declareVariables(ctx);
  const heads = processSymbols.map((p) => processHead(ctx, p));
  const processes = processSymbols.map((p, i) => makeProcess(ctx, p, heads[i]!));
  for (const s of symbols) if (s.kind === 'procedure' && given(ctx, s) === s) procedureOf(ctx, s);
  const inits = modules.instances.flatMap((i) => initBodies(ctx, i));
  reportPending(ctx);
  const declared = declaredProperties(ctx);
  if (processes.every(({ fairness }) => fairness === 'none')) {
    for (const p of declared) if (p.kind === 'temporal') ctx.report('fair/none', p.at, { name: p.name });
  }
  const assertions = [...ctx.assertions].map(([name, { at }]): Property => ({ kind: 'assertion', name, at }));
  const name = entry.tree.declarations.flatMap((d) => (d.kind === 'spec' ? [d.name.text] : []))[0] ?? entry.prefix;
  return {
    name,
    at: locate(entry.source, { start: 0, end: 0 }),
    constants,
    enums: types.filter((t): t is EnumType => t?.kind === 'enum'),
    pools: symbols.flatMap((s): Pool[] => {
      const pool = s.kind === 'pool' ? poolOf(ctx, s) : undefined;
      return pool === undefined ? [] : [pool];
    }),
    variables,
    inits,
    processes,
    instances: ctx.instances,
    properties: [...declared, ...assertions],
  };
}

interface ProcessHead {
  readonly env: Env;
  readonly owner: Owner;
  readonly locals: ReadonlyMap<string, OwnLocal>;
  readonly parameter?: { readonly name: string; readonly type: Type };
}

function processHead(ctx: Context, p: ProcessSymbol): ProcessHead {
  const parameter = parameterOf(ctx, p);
  const owner: Owner = { name: ctx.shown(p), kind: 'process', contexts: new Map(), ...(parameter === undefined ? {} : { parameter }) };
  const locals = new Map<string, LocalSymbol>();
  if (parameter !== undefined) locals.set(parameter.name, { kind: 'expr', expr: { op: 'parameter', type: parameter.type, at: p.at } });
  const env: Env = { instance: p.instance, mode: 'program', locals, owner };
  const declared = declareLocals(ctx, env, p.declaration.body);
  ctx.processLocals.set(ctx.shown(p), declared);
  return { env, owner, locals: declared, ...(parameter === undefined ? {} : { parameter }) };
}

function makeProcess(ctx: Context, p: ProcessSymbol, head: ProcessHead): Process {
  const d = p.declaration;
  const body = completeBody(ctx, head.env, d.body, head.locals, {
    inLoop: false, inAtomic: false, top: true, assertion: (name, at) => ctx.assertion(p.instance, name, at),
  });
  for (const [name, at] of head.owner.contexts) {
    if (head.parameter?.name !== name) ctx.report('resolve/context', p.at, { name, process: p.name }, [{ at, message: 'read here' }]);
    else checkContextType(ctx, p, head.parameter.type);
  }
  if (d.fairness === 'weak' && ctx.instances.some((i) => i.interrupts.some((t) => ctx.instances[t]?.process === p.index))) {
    ctx.report('fair/interrupted', p.at, { process: p.name });
  }
  return {
    name: ctx.shown(p),
    at: p.at,
    fairness: d.fairness,
    ...(head.parameter === undefined ? {} : { parameter: head.parameter }),
    isInterrupt: d.interrupts !== undefined,
    body,
  };
}

/** A context is read with the type that it is declared with, so the parameter that binds it may have no other values. */
function checkContextType(ctx: Context, p: ProcessSymbol, found: Type): void {
  const { name, set } = p.declaration.parameter!;
  const symbol = findTop(ctx, p.instance, name.text, locate(p.instance.source, name.span));
  if (symbol === undefined || symbol === 'ambiguous' || symbol.kind !== 'context') return;
  const type = typeOf(ctx, constantEnv(symbol.instance), symbol.declaration.type);
  if (type === undefined || isSubtype(found, type)) return;
  const related = [{ at: symbol.at, message: 'the context is declared here' }];
  ctx.report('type/mismatch', locate(p.instance.source, set.span), { found: `values of ${showType(found)}`, expected: `those of the context '${name.text}', ${showType(type)}` }, related);
}

function initBodies(ctx: Context, instance: Instance): readonly Body[] {
  return instance.tree.declarations.flatMap((d): readonly Body[] => {
    if (d.kind !== 'init') return [];
    const env: Env = { instance, mode: 'program', locals: new Map() };
    const tree = { locals: [], statements: d.body.statements, span: d.body.span };
    return [completeBody(ctx, env, tree, new Map(), { inLoop: false, inAtomic: true, top: true, assertion: (name, at) => ctx.assertion(instance, name, at) })];
  });
}

/** Abstract declarations that no importing file gives. */
const abstractSymbols = (ctx: Context): readonly Symbol[] =>
  ctx.modules.instances.flatMap((i) => [...i.own.values()].filter((s) => s.kind !== 'member' && isAbstract(s.declaration) && !i.bindings.has(s.name) && given(ctx, s) === s));

const openNames = (ctx: Context): readonly string[] => abstractSymbols(ctx).flatMap((s) => (s.kind === 'const' && overrideOf(ctx, s) !== undefined ? [] : [s.name]));
