// Fairness in Promela, in the words of Heddle: weak or strong, for single processes and labels, where Spin's own is weak and for all
// processes. The actions that something is owed take turns (Choueka 1974, as Spin does it for its own fairness): `due` is the one whose turn it
// is. Its turn ends when it is taken, or when the observer finds that it cannot be taken; a run is fair if round after round ends. For strong
// fairness the observer may say once, at any time, that the action will never be possible again: the formulas hold it to that.

import { fairnessOf } from '../../model/fairness.js';
import type { Model } from '../../model/model.js';
import { nodeSuccessors } from '../../model/node.js';
import { Unsupported } from '../unsupported.js';
import { mayMove, waysFrom, type StepScope } from './enabled.js';
import { cell, present } from './memory.js';
import { LONGEST_FORMULA, stateDefinition } from './state-formula.js';
import { and, any, compare, compute, number, type Term } from './term.js';
import type { Unit } from './unit.js';

/** An action to which fairness is owed. */
interface OwedAction {
  /** The name of a definition: the action can be taken. */
  readonly name: string;
  readonly can: Term;
  readonly what: string;
  /** Number among the strong ones; absent for weak fairness. */
  readonly strong?: number;
}

export interface Owed {
  readonly actions: readonly OwedAction[];
  /** The numbers of the actions that the steps from a location are steps of. */
  turns(family: number, location: number, self: Term): readonly Term[];
}

/** Every state comes as often as there are turns, and twice that for each strongly fair action. */
const MOST_TIMES = 250;

/** @throws Unsupported */
export function owedIn(unit: Unit, scopeOf: StepScope): Owed {
  const { model } = unit;
  const { actions, actionsAt } = fairnessOf(model);
  const owed = actions.flatMap((action, number) => (action.strength === 'none' ? [] : [{ ...action, number }]));
  const strongly = owed.filter((a) => a.strength === 'strong').length;
  if (timesOf(owed.length, strongly) > MOST_TIMES) {
    throw new Unsupported(`fairness is owed to ${owed.length} actions${strongly === 0 ? '' : `, strongly to ${strongly} of them`}, too many for Spin to tell who had a turn`);
  }
  const turns = new Map(owed.map(({ number: action }, turn) => [action, turn]));
  let strong = 0;
  const found: Owed = {
    actions: owed.map(({ number: action, process, strength, label }, turn) => ({
      name: unit.names.fresh(`can_${turn}`),
      can: canTerm(unit, scopeOf, process, actionsAt[process]!.flatMap((those, location) => (those.includes(action) ? [location] : []))),
      what: `${model.instances[process]!.name}${label === undefined ? '' : ` at ${label}`}`,
      ...(strength === 'strong' ? { strong: strong++ } : {}),
    })),
    turns(family, location, self) {
      const pids = model.instances.flatMap((instance, pid) => (instance.family === family ? [pid] : []));
      const of = (pid: number): readonly number[] => actionsAt[pid]![location]!.flatMap((action) => turns.get(action) ?? []);
      const [first, second] = pids;
      if (self.known !== undefined) return of(self.known).map((turn) => number(turn));
      // The instances of a process are owed the same, one behind the other.
      return of(first!).map((turn, i) => compute('+', compute('*', compute('-', self, number(first!)), number(of(second!)[i]! - turn)), number(turn)));
    },
  };
  if (brokenText(found).length > LONGEST_FORMULA) throw new Unsupported('when strongly fair actions are possible takes too long to say');
  return found;
}

/** The process can leave one of the locations by a step that changes something, or errs there. */
function canTerm(unit: Unit, scopeOf: StepScope, pid: number, locations: readonly number[]): Term {
  const { family } = unit.model.instances[pid]!;
  const own = unit.model.families[family]!;
  const self = number(pid);
  return any(
    locations.map((location) => {
      const guards = waysFrom(unit, scopeOf, family, location, self, present, mayReturn(unit.model, family, location)).map(({ guard }) => guard);
      const stands = compare('==', cell(unit.pc, self), unit.location(own, location));
      return and(stands, and(mayMove(unit, family, location, self, present), any(guards)));
    }),
  );
}

/** A step may end where it began. */
function mayReturn(model: Model, family: number, location: number): boolean {
  const { nodes, locations } = model.families[family]!;
  const work = [locations[location]!.entry!];
  const seen = new Set(work);
  for (let id = work.pop(); id !== undefined; id = work.pop()) {
    const node = nodes[id]!;
    if (node.op === 'stop' && node.location === location) return true;
    for (const next of nodeSuccessors(node)) {
      if (seen.has(next)) continue;
      seen.add(next);
      work.push(next);
    }
  }
  return false;
}

// ---- as text ------------------------------------------------------------------------------------------------------------

/** What the formulas suppose; undefined where nothing is owed. */
export function fairRun({ actions }: Owed): string | undefined {
  if (actions.length === 0) return undefined;
  const isBroken = actions.some(({ strong }) => strong !== undefined);
  return ['[] <> over', ...(isBroken ? ['[] !broken'] : [])].join(' && ');
}

const timesOf = (actions: number, strong: number): number => (actions + 1) * 2 ** strong;

/** What the observer remembers has so many values. */
export const turnsOf = ({ actions }: Owed): number => timesOf(actions.length, actions.filter((a) => a.strong !== undefined).length);

/** Declarations for the search of temporal properties, and what stands in for them in every other. */
export function temporalLines(unit: Unit, owed: Owed, formulas: readonly string[]): readonly string[] {
  return owed.actions.length === 0 ? ['#ifdef TEMPORAL', ...formulas, '#endif'] : ['#ifdef TEMPORAL', ...declarations(unit, owed), ...formulas, '#else', '#define WAITS', '#define took(action) skip', '#endif'];
}

/** The observer has guessed wrongly. */
export const brokenText = ({ actions }: Owed): string => actions.flatMap(({ can, strong }) => (strong === undefined ? [] : [`quiet[${strong}] && (${can.text})`])).join(' || ');

function declarations(unit: Unit, owed: Owed): readonly string[] {
  const { actions } = owed;
  const strong = actions.filter((a) => a.strong !== undefined).length;
  return [
    '/* Fairness: whose turn it is. A turn ends when the action is taken, or cannot be taken. */',
    'byte due;',
    ...(strong === 0 ? [] : [`bool quiet[${strong}];   /* a strongly fair action will not be possible any more: the observer guesses */`]),
    ...actions.map(({ name, can, what }) => `#define ${name} (${can.text})   /* ${what} */`),
    ...(strong === 0 ? [] : stateDefinition(unit, 'broken', brokenText(owed))),
    `#define fair (${fairRun(owed)!})`,
    `#define over (due == ${actions.length})`,
    '#define WAITS provided (!over)   /* a round that is over begins anew before anything else happens */',
    'inline took(action) { if :: due == action -> due = due + 1 :: else fi }',
    '',
  ];
}

/** The observer's options in the search of temporal properties. Where nothing is owed, the spec may stand still anywhere for ever. */
export function turnLines({ actions }: Owed, begun: readonly Term[]): readonly string[] {
  const when = begun.map(({ text }) => `${text} && `).join('');
  if (actions.length === 0) return [`:: d_step { ${begun.length === 0 ? 'true' : begun[0]!.text} -> skip }`];
  return [
    ...actions.flatMap(({ name, strong }, turn) =>
      strong === undefined
        ? [`:: d_step { ${when}due == ${turn} && !${name} -> due = ${turn + 1} }`]
        : [`:: d_step { ${when}!quiet[${strong}] && !${name} -> quiet[${strong}] = true }`, `:: d_step { ${when}due == ${turn} && quiet[${strong}] -> due = ${turn + 1} }`],
    ),
    `:: d_step { ${when}over -> due = 0 }`,
  ];
}
