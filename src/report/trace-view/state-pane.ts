// The state beside the lanes: every variable with its value, grouped; what the step changed is marked, with the value it had before.

import type { Json, TraceData } from '../../checker/outcome.js';
import { sameValue, valueText } from '../value-text.js';
import { element } from './element.js';

export interface StatePane {
  readonly root: HTMLElement;
  /** The state with this number; 0 is the initial one. */
  show(index: number): void;
  /** Only names that hold one of the words; only what changed. */
  filter(words: readonly string[], onlyChanged: boolean): void;
}

interface Entry {
  /** As it is in the state: `cb#0.refcnt`, `task[0].t`. */
  readonly path: string;
  /** As it stands in its group: `refcnt`, `t`. */
  readonly name: string;
  readonly group: string;
  readonly value: Json;
  readonly text: string;
}

const SHARED = 'shared';
const OBJECTS = 'objects';
const PLACES = 'where each process stands';
const GHOSTS = 'ghosts';

export function statePane(trace: TraceData): StatePane {
  const body = element('div', { class: 'tv-state-body' });
  const title = element('h4', { class: 'tv-pane-title' });
  const root = element('section', { class: 'tv-state', 'aria-label': 'state' }, title, body);
  let [current, words, onlyChanged]: [number, readonly string[], boolean] = [0, [], false];
  const draw = (): void => {
    title.textContent = current === 0 ? 'Initial state' : `State after step ${current}`;
    body.replaceChildren(...table(trace, current, words, onlyChanged));
  };
  return {
    root,
    show(index) {
      current = index;
      draw();
    },
    filter(names, only) {
      [words, onlyChanged] = [names, only];
      draw();
    },
  };
}

const stateAt = (trace: TraceData, index: number): { readonly [name: string]: Json } => (index === 0 ? trace.initial : trace.steps[index - 1]!.state);

function table(trace: TraceData, index: number, words: readonly string[], onlyChanged: boolean): readonly HTMLElement[] {
  const before = index === 0 ? undefined : new Map(entriesOf(trace, stateAt(trace, index - 1)).map((e) => [e.path, e]));
  const now = entriesOf(trace, stateAt(trace, index));
  const paths = new Set(now.map(({ path }) => path));
  const gone = before === undefined ? [] : [...before.values()].filter(({ path }) => !paths.has(path));
  const rows = [
    ...now.map((entry) => ({ entry, was: before?.get(entry.path), isGone: false, isChanged: before !== undefined && !sameValue(before.get(entry.path)?.value, entry.value) })),
    ...gone.map((entry) => ({ entry, was: entry, isGone: true, isChanged: true })),
  ].filter(({ entry, isChanged }) => (!onlyChanged || isChanged) && isWanted(entry, words));
  const groups = [...new Set(rows.map(({ entry }) => entry.group))].sort((a, b) => rank(a) - rank(b));
  if (groups.length === 0) return [element('p', { class: 'tv-none' }, onlyChanged && index > 0 ? 'The step changes nothing that is shown.' : 'Nothing that is shown.')];
  return groups.map((group) =>
    element(
      'table',
      {},
      element('caption', {}, group),
      ...rows.filter(({ entry }) => entry.group === group).map(({ entry, was, isGone, isChanged }) => rowOf(entry, was, isGone, isChanged, partsOf(trace, index, entry.path))),
    ),
  );
}

/** @param parts the parts of the variable that changed, with what they were, where that says more than the whole */
function rowOf(entry: Entry, was: Entry | undefined, isGone: boolean, isChanged: boolean, parts: string): HTMLElement {
  const value = element('td', {}, element('code', {}, isGone ? 'gone' : entry.text));
  if (isChanged) value.append(element('span', { class: 'tv-was' }, was === undefined ? ' new' : ` ${parts === '' ? `was ${was.text}` : parts}`));
  const head = element('th', { scope: 'row' }, entry.name);
  if (isChanged) head.append(element('span', { class: 'tv-mark', role: 'img', 'aria-label': 'changed' }, '●'));
  return element('tr', { class: isChanged ? 'tv-changed' : '', 'data-path': entry.path }, head, value);
}

/** `[0] was null, [2] was cb#0`. */
function partsOf(trace: TraceData, index: number, path: string): string {
  const changes = Object.entries(trace.steps[index - 1]?.changes ?? {}).filter(([changed]) => changed.startsWith(`${path}[`) || changed.startsWith(`${path}.`));
  return changes.map(([changed, [before]]) => `${changed.slice(path.length)} was ${valueText(before, trace.shapes?.[changed])}`).join(', ');
}

const isWanted = ({ path }: Entry, words: readonly string[]): boolean => words.length === 0 || words.some((word) => path.toLowerCase().includes(word));

/** Shared variables, objects, locals by process, ghosts, places. */
function rank(group: string): number {
  const known = [SHARED, OBJECTS, undefined, GHOSTS, PLACES].indexOf(group);
  return known < 0 ? 2 : known;
}

/** Objects are shown field by field. */
function entriesOf(trace: TraceData, state: { readonly [name: string]: Json }): readonly Entry[] {
  const places = Object.hasOwn(state, 'at()') ? 'at()' : 'at';
  const processes = Object.keys((state[places] ?? {}) as object);
  const isGhost = (name: string): boolean => trace.ghosts?.includes(name) === true;
  return Object.entries(state).flatMap(([name, value]): readonly Entry[] => {
    const shape = trace.shapes?.[name] ?? 'scalar';
    if (name === places) return Object.entries(value as { readonly [name: string]: Json }).map(([process, at]) => ({ path: `at ${process}`, name: process, group: PLACES, value: at, text: valueText(at) }));
    if (/#\d+$/.test(name) && value !== null && typeof value === 'object' && !Array.isArray(value)) {
      const fields = typeof shape === 'object' && shape.kind === 'record' ? shape.fields : {};
      return Object.entries(value as { readonly [name: string]: Json }).map(([field, v]) => ({ path: `${name}.${field}`, name: `${name}.${field}`, group: OBJECTS, value: v, text: valueText(v, fields[field]) }));
    }
    const process = processes.find((p) => name.startsWith(`${p}.`));
    const own = process === undefined ? name : name.slice(process.length + 1);
    return [{ path: name, name: own, group: process ?? (isGhost(name) ? GHOSTS : SHARED), value, text: valueText(value, shape) }];
  });
}
