// Where an expression or statement stands: which names are in reach and what may be used there.

import type { Location, SourceFile, Span } from '../base/span.js';
import type { Type } from '../core/type.js';
import type { Instance } from './modules.js';
import type { LocalSymbol, ProcedureSymbol } from './symbols.js';

/** What may be read. `constant`: nothing of the state. `program`: no ghosts. `ghost`: anything but primes. The rest are formulas. */
export type Mode = 'constant' | 'program' | 'ghost' | 'invariant' | 'step' | 'temporal';

export interface Env {
  readonly instance: Instance;
  readonly mode: Mode;
  readonly locals: ReadonlyMap<string, LocalSymbol>;
  /** Inside a process or procedure: `self` and context names mean something. */
  readonly owner?: Owner;
  /** Constants rule out that this is evaluated: values that do not fit are no mistake here. */
  readonly dead?: boolean;
  /** Inside `(…)'`: the state after the step. */
  readonly primed?: boolean;
}

export interface Owner {
  readonly name: string;
  readonly kind: 'process' | 'procedure';
  /** Of a procedure: itself. */
  readonly symbol?: ProcedureSymbol;
  /** The process's parameter. */
  readonly parameter?: { readonly name: string; readonly type: Type };
  /** Context names that were read (for procedures: to be bound by the processes that call them). */
  readonly contexts: Map<string, Location>;
}

export const bind = (env: Env, name: string, symbol: LocalSymbol): Env => ({ ...env, locals: new Map(env.locals).set(name, symbol) });
export const at = (env: Env, span: Span): Location => ({ file: env.instance.source as SourceFile, start: span.start, end: span.end });
/** In formulas following a null or freed reference is an error of the property; ghosts may be read. */
export const isFormula = (mode: Mode): boolean => mode === 'invariant' || mode === 'step' || mode === 'temporal';
