// What the analysis and lowering know of a file, for the features that show types, bits and steps. Worked out when asked for, and kept
// while the texts that it rests on stay the same.

import { analyse, type Analysis } from '../analysis/analyse.js';
import { inside } from '../analysis/inside.js';
import type { Body, Procedure, Program, Stmt } from '../analysis/program.js';
import { isError, type Diagnostic } from '../base/diagnostic.js';
import type { SourceFile } from '../base/span.js';
import type { Variable } from '../core/expr.js';
import type { Type } from '../core/type.js';
import { lower, type Lowered } from '../model/lower.js';
import type { Model } from '../model/model.js';
import type { Sym } from './symbols.js';
import { closureOf, importersOf, moduleOf, type World } from './world.js';

export interface Facts {
  /** Of the file and of those that it imports. */
  readonly diagnostics: readonly Diagnostic[];
  readonly analysis: Analysis;
  /** By the place of the name where it is declared. */
  readonly types: ReadonlyMap<string, Type>;
}

/**
 * Lowering grows with the square of a process's statements, calls inlined. Beyond this it takes seconds, in which an editor would wait;
 * checks run in a process of their own, where it may. The largest revision of specs/async_cb stands at three fifths of it.
 */
const MOST_WORK = 8_000_000;

interface Known {
  readonly rests: readonly SourceFile[];
  readonly facts: Facts;
  lowered?: Lowered | 'errors';
}

const known = new WeakMap<SourceFile, Known>();

const placeKey = (file: SourceFile, offset: number): string => `${file.path}:${offset}`;

/**
 * What is known of a file: as it stands by itself; of one that leaves declarations for others to give, through the first spec that imports
 * it and leaves none.
 */
function knownOf(world: World, source: SourceFile): Known {
  const own = knownAlone(world, source);
  const { analysis } = own.facts;
  if (analysis.open.length === 0 || !analysis.diagnostics.some(isError) || world.isReadOnly(source)) return own;
  for (const file of importersOf(world, source)) {
    const through = knownAlone(world, file);
    if (through.facts.analysis.open.length === 0 && through.facts.analysis.partial !== undefined) return through;
  }
  return own;
}

function knownAlone(world: World, source: SourceFile): Known {
  const rests = closureOf(world, moduleOf(source)).map((m) => m.source);
  let found = known.get(source);
  if (found === undefined || found.rests.length !== rests.length || rests.some((f, i) => f !== found!.rests[i])) {
    known.set(source, (found = { rests, facts: workOut(world, source) }));
  }
  return found;
}

export const factsOf = (world: World, source: SourceFile): Facts => knownOf(world, source).facts;

/** As it stands by itself, for what runs it. */
export const factsAlone = (world: World, source: SourceFile): Facts => knownAlone(world, source).facts;

/** The model of a file without errors, and what only lowering finds. */
export function loweredOf(world: World, source: SourceFile): Lowered | undefined {
  const entry = knownOf(world, source);
  entry.lowered ??= lowered(entry.facts);
  return entry.lowered === 'errors' ? undefined : entry.lowered;
}

/** The same when it is known already: lowering takes several times as long as the analysis. */
function loweredIfKnown(world: World, source: SourceFile): Lowered | undefined {
  const { lowered: found } = knownOf(world, source);
  return found === undefined || found === 'errors' ? undefined : found;
}

/** A model in which the file's steps occur: its own, else that of the first spec that imports it. */
export function modelWith(world: World, source: SourceFile, mayLower: boolean): Model | undefined {
  const of = mayLower ? loweredOf : loweredIfKnown;
  const own = of(world, source);
  if (own !== undefined) return own.model;
  // A spec with errors has no model; those of others say nothing of it.
  if (knownOf(world, source).facts.analysis.runnable) return undefined;
  for (const f of importersOf(world, source)) {
    const found = of(world, f);
    if (found !== undefined) return found.model;
  }
  return undefined;
}

function lowered({ analysis }: Facts): Lowered | 'errors' {
  if (analysis.program === undefined || !analysis.runnable || loweringWork(analysis.program) > MOST_WORK) return 'errors';
  return lower(analysis.program);
}

function workOut(world: World, source: SourceFile): Facts {
  const input = { entry: source, loader: world, tolerant: true };
  let analysis = analyse(input);
  // Errors of the declared constants may go away with those of a check.
  if (analysis.diagnostics.some(isError) && analysis.partial !== undefined) {
    for (const check of analysis.checks.filter((c) => c.constants.length > 0)) {
      const other = analyse({ ...input, check: check.name });
      if (other.diagnostics.some(isError)) continue;
      analysis = other;
      break;
    }
  }
  return { analysis, diagnostics: analysis.diagnostics, types: typesIn(analysis) };
}

export function typeOf(facts: Facts, symbol: Sym): Type | undefined {
  return facts.types.get(placeKey(symbol.file, symbol.at.start));
}

function typesIn({ partial }: Analysis): ReadonlyMap<string, Type> {
  const types = new Map<string, Type>();
  if (partial === undefined) return types;
  const add = ({ at, type }: Pick<Variable, 'at' | 'type'>): void => void types.set(placeKey(at.file, at.start), type);
  const { program, procedures } = partial;
  for (const { variable } of program.variables) add(variable);
  for (const pool of program.pools) pool.fields.forEach((f) => add(f.variable));
  for (const p of program.processes) addBody(p.body, add);
  for (const b of program.inits) addBody(b, add);
  for (const p of procedures) {
    p.parameters.forEach((q) => add(q.variable));
    addBody(p.body, add);
  }
  return types;
}

function addBody(body: Body, add: (v: Variable) => void): void {
  body.locals.forEach((l) => add(l.variable));
  const visit = (s: Stmt): void => {
    if (s.kind === 'with') add(s.variable);
    inside(s).forEach(visit);
  };
  body.statements.forEach(visit);
}

function loweringWork(program: Program): number {
  const known = new Map<Procedure, number>();
  const ofProcedure = (p: Procedure): number => {
    let size = known.get(p);
    if (size === undefined) known.set(p, (size = ofStatements(p.body.statements)));
    return size;
  };
  const ofStatements = (list: readonly Stmt[]): number =>
    list.reduce((sum, s) => sum + 1 + (s.kind === 'call' || s.kind === 'defer' ? ofProcedure(s.procedure) : ofStatements(inside(s))), 0);
  return program.processes.reduce((sum, p) => sum + ofStatements(p.body.statements) ** 2, 0);
}

export const programOf = (facts: Facts): Program | undefined => facts.analysis.partial?.program;
