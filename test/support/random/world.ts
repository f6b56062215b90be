// What a random spec has declared, and what can be named at some place in it.

import type { EnumType, RecordType, Type } from '../../../src/core/type.js';
import { isSubtype } from '../../../src/core/type.js';
import type { Choices } from './choices.js';

export interface Named {
  readonly name: string;
  readonly type: Type;
}

export interface PoolPlan {
  readonly name: string;
  readonly size: number;
  readonly fields: readonly Named[];
  /** Maps keyed by the pool. */
  readonly maps: readonly Named[];
}

export interface ProcedurePlan {
  readonly name: string;
  readonly parameters: readonly (Named & { readonly inout: boolean })[];
  readonly result?: Type;
  readonly atomic: boolean;
  /** Ways through it, when all its choices are made in one step. */
  readonly ways: number;
}

export interface ProcessPlan {
  readonly name: string;
  readonly parameter?: Named;
  /** How an instance is written, one text for each. */
  readonly instances: readonly string[];
  readonly interrupts: boolean;
}

/**
 * How much may go wrong. `calm`: stores fit, indices are keys, objects are used by their owner. `bold`: now and then they are not.
 */
export type Temper = 'calm' | 'bold';

/** `fairness`: small specs with many labels, fair processes and temporal properties, in which little goes wrong. */
export type Focus = 'anything' | 'fairness';

export interface World {
  readonly choices: Choices;
  readonly focus: Focus;
  /** Processes do little but wait for each other. */
  readonly dances: boolean;
  readonly temper: Temper;
  readonly labelled: boolean;
  readonly enums: readonly EnumType[];
  readonly records: readonly RecordType[];
  readonly aliases: readonly Named[];
  readonly pool?: PoolPlan;
  /** What procedures may read without being passed it: every process has a parameter of that name. */
  readonly context?: Named;
  readonly shared: readonly Named[];
  readonly ghosts: readonly Named[];
  readonly processes: readonly ProcessPlan[];
  /** Added while the spec is made. */
  readonly procedures: ProcedurePlan[];
  readonly defs: { readonly name: string; readonly parameter: Type; readonly result: Type }[];
  readonly macros: { readonly name: string; readonly place: Type; readonly value: Type }[];
  /** Labels at which a process can stand, with the process. */
  readonly labels: { readonly process: string; readonly label: string }[];
  /** Calls so far, with the process that makes them. */
  readonly calls: { readonly process: string; readonly procedure: string }[];
  /** The module instance `cell`, whose items have this type. */
  readonly cell?: Type;
  /** Named assertions so far. */
  asserted: number;
  /** For names that must be new. */
  fresh: number;
}

/** Where an expression stands: what it may read. */
export type Mode = 'program' | 'ghost' | 'state' | 'step';

export interface Scope {
  readonly world: World;
  readonly mode: Mode;
  /** Locals and parameters that can be assigned. */
  readonly locals: readonly Named[];
  /** Bound names and parameters that cannot. */
  readonly bound: readonly Named[];
  /** `self` has a meaning. */
  readonly hasSelf: boolean;
}

/** A thing that is used for nothing else, for a statement to be sure of it. */
export const freshName = (world: World, prefix: string): string => `${prefix}${(world.fresh += 1)}`;

export const bind = (scope: Scope, name: string, type: Type): Scope => ({ ...scope, bound: [...scope.bound, { name, type }] });

/** Variables that can be read in the scope. */
export function readable(scope: Scope): readonly Named[] {
  const { world, mode } = scope;
  return [...scope.bound, ...scope.locals, ...world.shared, ...(mode === 'program' ? [] : world.ghosts)];
}

export interface Readable {
  readonly text: string;
  readonly type: Type;
}

/** What can be read without a call: variables, fields of records. Fields of objects and entries of maps are made where they are needed. */
export function paths(scope: Scope): readonly Readable[] {
  const found: Readable[] = readable(scope).map(({ name, type }) => ({ text: name, type }));
  for (let i = 0; i < found.length; i++) {
    const { text, type } = found[i]!;
    if (type.kind === 'record') for (const field of type.fields) found.push({ text: `${text}.${field.name}`, type: field.type });
  }
  return found;
}

/** Those that hold nothing but values of the type. */
export const pathsOf = (scope: Scope, type: Type): readonly Readable[] => paths(scope).filter((p) => isSubtype(p.type, type));
