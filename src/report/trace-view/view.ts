// The trace of a violated property, to be stepped through: lanes, the state beside them, the source below it. Plain DOM, no network and
// nothing of an editor: a page or a panel gives it an element, and its styles from view.css.
//
// Keys, while the lanes have the focus: down, right, j: next step; up, left, k: step before; Home, End; Enter: to the source line;
// `/`: filter variables. Behind the last step of a lasso the next one is the first of its loop.

import type { Place } from '../../checker/outcome.js';
import { inReadingOrder, lanes } from '../lanes.js';
import { endRemark, headline } from '../trace-words.js';
import { wholeTrace, type LineNote, type TraceViewData } from './data.js';
import { button, element, prose, reveal, revealAcross } from './element.js';
import { lanesPane } from './lanes-pane.js';
import { sourcePane, type SourcePane } from './source-pane.js';
import { statePane, type StatePane } from './state-pane.js';

export interface TraceViewOptions {
  /** The text of a file. Without it there is no source beside the trace. */
  readonly sourceOf?: (file: string) => string | undefined;
  /** What stands beside the lines of a file. */
  readonly notesOf?: (file: string) => ReadonlyMap<number, LineNote>;
  /** The reader wants to see the place, larger than here: in an editor, or in the listing of a page. */
  readonly onPlace?: (place: Place) => void;
  /** Another state is shown; 0 is the initial one. */
  readonly onStep?: (index: number) => void;
}

export interface TraceView {
  readonly root: HTMLElement;
  /** The number of the state that is shown; 0 is the initial one. */
  readonly index: () => number;
  show(index: number): void;
  focus(): void;
}

let made = 0;

/** Puts a view into the host, at the last step. */
export function traceView(host: HTMLElement, data: TraceViewData, options: TraceViewOptions = {}): TraceView {
  const id = `tv${made++}`;
  const trace = wholeTrace(data.trace);
  const property = { ...data.property, verdict: 'violated', expected: 'holds' } as const;
  const last = trace.steps.length;
  const processes = inReadingOrder(trace.steps.map(({ process }) => process));
  const shown = new Set(processes);
  let current = 0;

  const rows = lanesPane(id, trace, processes, { end: endRemark(property, trace), label: `Steps of ${property.name}. Arrow keys step forward and back.` }, (index) => show(index));
  const state = statePane(trace);
  const source = sources(options);
  const position = element('output', { class: 'tv-position' });

  const visible = (index: number): boolean => index === 0 || shown.has(trace.steps[index - 1]!.process);
  const next = (): void => {
    let to = current + 1;
    while (to <= last && !visible(to)) to++;
    if (to <= last) show(to);
    else if (trace.loopStart !== undefined && trace.loopStart < last) show(trace.loopStart + 1);
  };
  const back = (): void => {
    let to = current - 1;
    while (to > 0 && !visible(to)) to--;
    if (to >= 0) show(to);
  };
  const show = (index: number): void => {
    current = Math.max(0, Math.min(last, index));
    rows.mark(current);
    reveal(rows.root, rows.row(current), 48);
    const cell = rows.row(current).querySelector<HTMLElement>('.tv-moves');
    if (cell !== null) revealAcross(rows.root, cell);
    state.show(current);
    const step = trace.steps[current - 1];
    position.textContent = step === undefined ? `initial state, ${last} steps follow` : `step ${current} of ${last}: ${step.process}, ${step.step}`;
    source.show(step);
    options.onStep?.(current);
  };
  const place = (): void => {
    const step = trace.steps[current - 1];
    if (step === undefined) return;
    if (options.onPlace !== undefined) options.onPlace(step);
    else source.focus();
  };

  const filters = variableFilters(state);
  onKeys(rows.root, {
    ArrowDown: next, ArrowRight: next, j: next, ArrowUp: back, ArrowLeft: back, k: back,
    Home: () => show(0), End: () => show(last), Enter: place, '/': filters.focus,
  });
  const copy = button('copy the trace as plain text, for a mail', 'copy as text', () => void copyText(lanes(property, trace, data.context), copy));
  // Why a loop goes on for ever, and what would end it, stands below what is violated.
  const headlines = [headline(property, trace).join(' '), ...(trace.why ?? [])];
  const root = element(
    'div',
    { class: 'tv', role: 'group', 'aria-label': `trace of ${property.name}` },
    ...headlines.map((sentence) => element('p', { class: 'tv-headline' }, ...prose(sentence))),
    element(
      'div',
      { class: 'tv-bar-of-tools', role: 'toolbar', 'aria-label': 'steps' },
      button('first state (Home)', '|◀', () => show(0)),
      button('step back (up)', '◀', back),
      button('step forward (down)', '▶', next),
      button('last state (End)', '▶|', () => show(last)),
      position,
      ...(options.onPlace === undefined ? [] : [button('show this step in the source (Enter)', 'source', place)]),
      copy,
    ),
    ...(processes.length > 1 ? [processChoice(processes, shown, () => rows.filter(shown))] : []),
    element('div', { class: 'tv-panes' }, rows.root, element('div', { class: 'tv-side' }, filters.root, state.root, source.root)),
  );
  rows.filter(shown);
  host.replaceChildren(root);
  show(last);
  return { root, index: () => current, show, focus: () => rows.root.focus({ preventScroll: true }) };
}

/** What narrows the state down: words that names contain, and what changed. */
function variableFilters(state: StatePane): { readonly root: HTMLElement; readonly focus: () => void } {
  const words = element('input', { type: 'search', 'aria-label': 'show variables whose name contains', placeholder: 'filter variables', size: 16 });
  const changed = element('input', { type: 'checkbox' });
  const refilter = (): void => state.filter(words.value.toLowerCase().split(/[\s,]+/).filter((word) => word !== ''), changed.checked);
  words.addEventListener('input', refilter);
  changed.addEventListener('change', refilter);
  return { root: element('div', { class: 'tv-filters' }, words, element('label', { class: 'tv-chip' }, changed, 'only what changed')), focus: () => words.focus() };
}

/** A box for each process; `shown` is changed before `onChange` is called. */
function processChoice(processes: readonly string[], shown: Set<string>, onChange: () => void): HTMLElement {
  const boxes = processes.map((process) => {
    const box = element('input', { type: 'checkbox', checked: true });
    box.addEventListener('change', () => {
      if (box.checked) shown.add(process);
      else shown.delete(process);
      onChange();
    });
    return element('label', { class: 'tv-chip' }, box, process);
  });
  return element('fieldset', { class: 'tv-choose' }, element('legend', {}, 'processes'), ...boxes);
}

function onKeys(target: HTMLElement, keys: { readonly [key: string]: () => void }): void {
  target.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const action = keys[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  });
}

/** The source of the step that is shown, one file at a time; each is made once. */
function sources({ sourceOf, notesOf }: TraceViewOptions): { readonly root: HTMLElement; show(place: Place | undefined): void; focus(): void } {
  const title = element('h4', { class: 'tv-pane-title' });
  const body = element('div', {});
  const root = element('section', { class: 'tv-source', 'aria-label': 'source' }, title, body);
  const panes = new Map<string, SourcePane | undefined>();
  let pane: SourcePane | undefined;
  const paneOf = (file: string): SourcePane | undefined => {
    if (!panes.has(file)) {
      const text = sourceOf?.(file);
      panes.set(file, text === undefined ? undefined : sourcePane(file, text, notesOf?.(file)));
    }
    return panes.get(file);
  };
  root.hidden = true;
  return {
    root,
    show(place) {
      pane = place && paneOf(place.file);
      root.hidden = pane === undefined;
      if (place === undefined || pane === undefined) return;
      title.textContent = `${place.file}:${place.line}`;
      if (body.firstChild !== pane.root) body.replaceChildren(pane.root);
      pane.light(place.line);
    },
    focus: () => pane?.root.focus(),
  };
}

/** Where the browser gives no clipboard (a page from a file), the text is shown to be copied by hand. */
async function copyText(text: string, from: HTMLButtonElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    from.textContent = 'copied';
  } catch {
    const known = from.closest('.tv')?.querySelector('.tv-plain');
    if (known !== null && known !== undefined) known.remove();
    else from.closest('.tv')?.append(element('pre', { class: 'tv-plain', tabindex: 0 }, text));
  }
}
