// What the passes of one analysis share.

import { diagnostic, type Diagnostic } from '../base/diagnostic.js';
import type { Code, Details } from '../base/catalogue/index.js';
import type { Location } from '../base/span.js';
import type { Expr as CoreExpr, Pool, Variable } from '../core/expr.js';
import type { PidType } from '../core/type.js';
import type { Value } from '../core/value.js';
import type { Expr } from '../ast/nodes.js';
import type { Call } from './pending.js';
import type { Instance, Modules } from './modules.js';
import type { Instance as ProcessInstance } from './program.js';
import type { LocalSymbol, ProcedureSymbol, Symbol } from './symbols.js';

export interface Context {
  readonly modules: Modules;
  readonly diagnostics: Diagnostic[];
  /** Values of constants from a check block or the command line, by name: an expression's value is checked against the type. */
  readonly overrides: ReadonlyMap<string, Override>;
  readonly pid: PidType & { names: readonly string[] };
  /** Every process instance; complete before bodies are analysed. */
  readonly instances: ProcessInstance[];
  /** Names of every kind as shown to the user: bare where unique. */
  shown(symbol: Symbol): string;
  /** Names by which a check block or the command line sets the constant. */
  settingNames(symbol: Symbol): readonly string[];
  /** Locals of processes that a property reads. */
  readonly observed: Set<LocalSymbol>;
  /** Every local that a body of the entry file declares. */
  readonly declaredLocals: (LocalSymbol & { readonly kind: 'local' })[];
  /** Fields of a pool, by the name they are used with. */
  fieldsOf(pool: string): readonly { readonly name: string; readonly variable: Variable }[];
  /** A process's own locals, for properties. */
  localsOf(process: string): ReadonlyMap<string, LocalSymbol & { readonly kind: 'local' }>;
  poolNamed(name: string): Pool;
  /** Labels in a process's body and the procedures that it calls, or in one of those. */
  labelsOf(process: string, procedure?: string): ReadonlySet<string>;
  proceduresOf(): readonly string[];
  /** The procedure, by its shown name, is called by the process, directly or through others. */
  callsOf(process: string, procedure: string): boolean;
  /** What is being worked out right now: meeting it again is recursion. */
  readonly underWay: Symbol[];
  /** Every call that was met, and what waits for them (see pending.ts). */
  readonly calls: Call[];
  readonly pending: { readonly owner: ProcedureSymbol; readonly report: () => void }[];
  noteContexts(symbol: ProcedureSymbol, contexts: ReadonlyMap<string, Location>): void;
  contextsOf(symbol: ProcedureSymbol): ReadonlyMap<string, Location>;
  /** The property that assertions of this name in this instance make up. */
  assertion(instance: Instance, name: string, at: Location): string;
  readonly processLocals: Map<string, ReadonlyMap<string, LocalSymbol & { readonly kind: 'local' }>>;
  readonly assertions: ReadonlyMap<string, { readonly at: Location }>;
  /** The pool of two compared references when one may be stale: neither is null, and the pool is not `reuse`. */
  stalePool(left: CoreExpr, right: CoreExpr): Pool | undefined;
  report<C extends Code>(code: C, at: Location, details: Details<C>, related?: Diagnostic['related']): undefined;
}

export type Override =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'expr'; readonly expr: Expr; readonly instance: Instance; readonly check: string };

export function makeReport(diagnostics: Diagnostic[]): Context['report'] {
  const seen = new Set<string>();
  return (code, at, details, related) => {
    const key = `${code} ${at.file.path} ${at.start} ${at.end}`;
    if (seen.has(key)) return undefined;
    seen.add(key);
    diagnostics.push(diagnostic(code, at, details, related));
    return undefined;
  };
}

/** The names under which symbols of one kind are shown: bare where no other instance declares the same. */
export function shownNames(modules: Modules): (symbol: Symbol) => string {
  const count = new Map<string, number>();
  for (const i of modules.instances) for (const name of i.own.keys()) count.set(name, (count.get(name) ?? 0) + 1);
  return (symbol) => {
    const instance = symbol.kind === 'member' ? symbol.of.instance : symbol.instance;
    return (count.get(symbol.name) ?? 0) > 1 && !instance.isEntry ? `${instance.prefix}.${symbol.name}` : symbol.name;
  };
}

/** The names by which a constant is set: the one that is shown, and the bare one where no other constant has it. */
export function settingNames(modules: Modules, shown: Context['shown']): Context['settingNames'] {
  const count = new Map<string, number>();
  for (const i of modules.instances) for (const s of i.own.values()) if (s.kind === 'const') count.set(s.name, (count.get(s.name) ?? 0) + 1);
  return (symbol) => [...new Set([shown(symbol), ...(count.get(symbol.name) === 1 ? [symbol.name] : [])])];
}

/** What a constant is set to. */
export function overrideOf(ctx: Pick<Context, 'overrides' | 'settingNames'>, symbol: Symbol): Override | undefined {
  for (const name of ctx.settingNames(symbol)) {
    const found = ctx.overrides.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}
