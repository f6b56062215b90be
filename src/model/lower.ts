// Lowering: from the typed program to the model of guarded steps. The rooms of model/lower do the parts: build.ts makes a graph of each
// process with its calls inlined and says where steps start, family.ts numbers it and resets dead locals, locations.ts resolves `at`.

import type { Instance as ProgramInstance, Process, Program } from '../analysis/program.js';
import { diagnostic, type Diagnostic } from '../base/diagnostic.js';
import type { Expr, Variable } from '../core/expr.js';
import { isTemporal } from '../core/walk.js';
import { lastName } from '../core/names.js';
import { layoutProblem } from './layout.js';
import { lowerFamily, type LoweredFamily } from './lower/family.js';
import type { LowerOptions, Sites } from './lower/builder.js';
import { blockersOf } from './lower/interrupts.js';
import { binder, bindNode, type Report } from './lower/locations.js';
import { possibleErrors } from './lower/possible-errors.js';
import type { Family, Instance, Model, ModelProperty, Site } from './model.js';

export type { LowerOptions } from './lower/builder.js';

export interface Lowered {
  readonly model: Model;
  /** What only the model shows: an `at` of a label where no state stops, a `rest until` in the middle of a step, a state that is too large. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Lowers a program without errors. */
export function lower(program: Program, options: LowerOptions = {}): Lowered {
  const diagnostics: Diagnostic[] = [];
  const sites: Sites = { list: [], byKey: new Map() };
  const report: Report = {
    label: (at, label) => diagnostics.push(diagnostic('steps/label-not-a-state', at, { label })),
    procedure: (at, process, procedure) => diagnostics.push(diagnostic('steps/never-inside', at, { process, procedure, why: 'step' })),
  };

  const lowered = program.processes.map((process, p) => {
    const instances = program.instances.filter((i) => i.process === p);
    return lowerFamily(process, instances, program.pools, sites, options);
  });
  const init = initFamily(program);
  const loweredInit = init && lowerFamily(init.process, [init.instance], program.pools, sites, options);
  const all = loweredInit ? [...lowered, loweredInit] : lowered;
  for (const f of all) {
    for (const { label, at } of f.lostMarks) diagnostics.push(diagnostic('steps/fairness-of-a-branch', at, { label: label! }));
    for (const rest of f.misplacedRests) diagnostics.push(diagnostic('steps/rest-not-first', rest.at, {}));
  }

  // Assertions and ghost statements may ask what properties ask.
  const bound = binder(lowered, localsByDeclaration(program, lowered), report);
  for (const { family } of all) for (const node of family.nodes) bindNode(node, bound);
  const used = usedSites(all, sites.list);
  const families = lowered.map((f): Family => f.family);

  const antecedents: Model['antecedents'][number][] = [];
  const properties = program.properties.map((p): ModelProperty => {
    if (p.kind === 'assertion' || p.kind === 'builtin') return p;
    const formula = numberAntecedents(bound(p.formula), p.name, antecedents);
    return { ...p, formula };
  });

  const model: Model = {
    name: program.name,
    constants: program.constants,
    enums: program.enums,
    pools: program.pools,
    variables: program.variables,
    families,
    instances: instancesOf(program),
    ...(loweredInit === undefined ? {} : { init: loweredInit.family }),
    properties: [...properties, { name: 'deadlock', kind: 'deadlock', at: program.at }, ...builtins(program, all)],
    sites: used,
    antecedents,
  };
  const large = layoutProblem(model);
  if (large !== undefined) diagnostics.push(diagnostic('state/too-large', large.at, { variable: large.variable, problem: large.message }));
  return { model, diagnostics: onlyOnce(diagnostics) };
}

const onlyOnce = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] => [
  ...new Map(diagnostics.map((d) => [`${d.code} ${d.at.file.path} ${d.at.start}`, d])).values(),
];

/** All `init` blocks as one process that runs in one step. */
function initFamily(program: Program): { readonly process: Process; readonly instance: ProgramInstance } | undefined {
  if (program.inits.length === 0) return undefined;
  const at = program.inits[0]!.at;
  const statements = program.inits.map((body) => ({ kind: 'atomic', body: body.statements, at: body.at }) as const);
  const process: Process = {
    name: 'init',
    at,
    fairness: 'none',
    isInterrupt: false,
    body: { grain: 'statement', locals: program.inits.flatMap((b) => b.locals), statements: [{ kind: 'atomic', body: statements, at }], at },
  };
  return { process, instance: { process: -1, argument: null, name: 'init', interrupts: [] } };
}

function instancesOf(program: Program): readonly Instance[] {
  const blockers = blockersOf(program.instances);
  const seen = program.processes.map(() => 0);
  return program.instances.map((i, pid) => ({ family: i.process, index: seen[i.process]!++, argument: i.argument, name: i.name, ...blockers[pid]! }));
}

/** Sites that some node still carries; the nodes get their new numbers. */
function usedSites(families: readonly LoweredFamily[], sites: readonly Site[]): readonly Site[] {
  const carriers = families.flatMap(({ family }) => family.nodes.filter(({ site }) => site !== undefined));
  const inOrder = [...new Set(carriers.map(({ site }) => site!))].sort((a, b) => a - b);
  const number = new Map(inOrder.map((site, i) => [site, i]));
  for (const node of carriers) node.site = number.get(node.site!)!;
  return inOrder.map((site) => sites[site]!);
}

/** Copies of the processes' own locals, for `p[i].x` in properties. */
function localsByDeclaration(program: Program, lowered: readonly LoweredFamily[]): ReadonlyMap<Variable, Variable> {
  const copies = new Map<Variable, Variable>();
  program.processes.forEach((process, p) => {
    for (const local of process.body.locals) {
      const copy = lowered[p]!.family.locals.find((l) => l.variable.name === `${process.name}.${lastName(local.variable.name)}`);
      if (copy !== undefined) copies.set(local.variable, copy.variable);
    }
  });
  return copies;
}

/**
 * Numbers the implications that stand where an invariant is true because of them: at the top, under `&&` and `forall`. In a temporal
 * formula the same for `~>` between state formulas.
 */
function numberAntecedents(e: Expr, property: string, into: { readonly property: string; readonly at: Expr['at'] }[]): Expr {
  const inside = (sub: Expr): Expr => numberAntecedents(sub, property, into);
  const number = (left: Expr): number => into.push({ property, at: left.at }) - 1;
  switch (e.op) {
    case 'implies':
      return isTemporal(e) ? e : { ...e, site: number(e.left), right: inside(e.right) };
    case 'leadsto':
      return isTemporal(e.left) || isTemporal(e.right) ? e : { ...e, site: number(e.left) };
    case 'temporal':
      return e.operator === 'always' && isTemporal(e.operand) ? { ...e, operand: inside(e.operand) } : e;
    case 'binary':
      return e.operator === 'and' ? { ...e, left: inside(e.left), right: inside(e.right) } : e;
    case 'quantifier':
      return e.quantifier === 'forall' ? { ...e, body: inside(e.body) } : e;
    default:
      return e;
  }
}

/** A property for every built-in check that can fail and has no name of the user's. */
function builtins(program: Program, families: readonly LoweredFamily[]): readonly ModelProperty[] {
  const found = new Set<string>();
  for (const { family } of families) possibleErrors(family, found);
  for (const pool of program.pools) if (pool.noleak) found.add(`${pool.name}.leak`);
  const named = new Set(program.properties.flatMap((p) => (p.kind === 'builtin' ? [p.error] : [])));
  return [...found]
    .filter((error) => !named.has(error))
    .sort()
    .map((error) => ({ name: error, kind: 'builtin', error, at: program.at }));
}
