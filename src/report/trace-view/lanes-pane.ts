// The lanes: a column a process, a row a step. What a process does inside a call stands beside a bar, one for each call, that runs from the
// call to its return, also through the rows of others. To a screen reader it is a list box of steps, each read in one sentence.

import type { StepData, TraceData } from '../../checker/outcome.js';
import { linesOfStep, type StepLine } from '../step-lines.js';
import { loopRemarks, statementText } from '../trace-words.js';
import { valueText } from '../value-text.js';
import { element } from './element.js';

export interface LanesPane {
  readonly root: HTMLElement;
  /** Marks the row of a state; 0 is the initial one. */
  mark(index: number): void;
  /** Shows these processes only. */
  filter(shown: ReadonlySet<string>): void;
  row(index: number): HTMLElement;
}

export interface LanesText {
  /** The remark at the end: what is violated. */
  readonly end: string | undefined;
  readonly label: string;
}

/** @param pick called when a row is clicked */
export function lanesPane(id: string, trace: TraceData, processes: readonly string[], text: LanesText, pick: (index: number) => void): LanesPane {
  const root = element('div', { class: 'tv-lanes', role: 'listbox', tabindex: 0, 'aria-label': text.label });
  const lines = trace.steps.map((step) => linesOfStep(step, trace));
  const depths = depthsOf(trace);
  const loop = loopRemarks(trace);
  const header = headerRow(processes);
  const rows: HTMLElement[] = [];
  const add = (row: HTMLElement, index: number): void => {
    row.id = `${id}-row-${index}`;
    row.addEventListener('click', () => pick(index));
    rows.push(row);
    root.append(row);
  };
  root.append(header);
  const start = element('div', { class: 'tv-row tv-initial', role: 'option', 'aria-label': 'initial state' }, element('span', { class: 'tv-number' }, '0'), element('span', { class: 'tv-words' }, 'initial state'));
  add(start, 0);
  trace.steps.forEach((step, i) => {
    if (loop?.before === step.index && loop.start !== '') root.append(remark(loop.start.replace(/^-- | --$/g, ''), 'tv-loop-remark'));
    const row = stepRow(step, lines[i]!, processes, depths[i]!, trace);
    if (loop !== undefined && loop.before <= step.index) row.classList.add('tv-in-loop');
    if (i === trace.steps.length - 1 && text.end !== undefined) {
      row.classList.add('tv-last');
      row.setAttribute('aria-label', `${row.getAttribute('aria-label')!}. ${text.end.replace(/^<-- /, '')}`);
      row.querySelector('.tv-moves')!.append(element('div', { class: 'tv-end' }, text.end.replace(/^<-- /, '')));
    }
    add(row, i + 1);
  });
  if (loop !== undefined) root.append(remark(loop.end.replace(/^-- | --$/g, ''), 'tv-loop-remark'));
  return {
    root,
    mark(index) {
      rows.forEach((row, i) => row.setAttribute('aria-selected', String(i === index)));
      root.setAttribute('aria-activedescendant', rows[index]!.id);
    },
    filter(shown) {
      const visible = processes.filter((p) => shown.has(p));
      root.style.setProperty('--tv-count', String(Math.max(1, visible.length)));
      for (const cell of root.querySelectorAll<HTMLElement>('[data-process]')) cell.hidden = !shown.has(cell.dataset['process']!);
      trace.steps.forEach((step, i) => (rows[i + 1]!.hidden = !shown.has(step.process)));
    },
    row: (index) => rows[index]!,
  };
}

const headerRow = (processes: readonly string[]): HTMLElement =>
  element('div', { class: 'tv-row tv-header', 'aria-hidden': 'true' }, element('span', { class: 'tv-number' }), ...processes.map((p) => element('span', { class: 'tv-process', 'data-process': p }, p)));

const remark = (text: string, kind: string): HTMLElement => element('div', { class: `tv-remark ${kind}`, role: 'presentation' }, text);

function stepRow(step: StepData, lines: readonly StepLine[], processes: readonly string[], depths: ReadonlyMap<string, number>, trace: TraceData): HTMLElement {
  const row = element('div', { class: 'tv-row', role: 'option', 'aria-label': spoken(step, trace) }, element('span', { class: 'tv-number' }, String(step.index)));
  for (const process of processes) {
    const cell = element('div', { class: 'tv-cell', 'data-process': process });
    if (process === step.process) {
      cell.classList.add('tv-moves');
      cell.append(element('span', { class: 'tv-who' }, process), ...lines.map(lineElement));
    } else cell.append(...bars(depths.get(process) ?? 0));
    row.append(cell);
  }
  return row;
}

const bars = (depth: number): readonly HTMLElement[] => Array.from({ length: depth }, () => element('i', { class: 'tv-bar' }));

function lineElement(line: StepLine): HTMLElement {
  const words = element('span', { class: 'tv-words' }, element('code', {}, line.text));
  if (line.effect !== undefined) words.append(' ', element('span', { class: 'tv-effect' }, line.effect));
  else for (const effect of line.below ?? []) words.append(element('span', { class: 'tv-effect tv-below' }, effect));
  return element('div', { class: `tv-line ${line.isStatement ? 'tv-statement' : 'tv-event'}` }, ...bars(line.indent), words);
}

/** `3: task[0] in timer_start: t := slot[s]. task[0].t becomes cb#0`. */
function spoken(step: StepData, trace: TraceData): string {
  const where = step.calls.length === 0 ? '' : ` in ${step.calls.join(', ')}`;
  const changes = Object.entries(step.changes).map(([path, [, after]]) => `${path} becomes ${valueText(after, trace.shapes?.[path])}`);
  const returns = step.events.filter((e) => e.kind === 'return').map((e) => `${e.procedure} returns${e.result === undefined ? '' : ` ${valueText(e.result)}`}`);
  return [`${step.index}: ${step.process}${where}: ${statementText(step)}`, ...changes, ...returns].join('. ');
}

/** For each step how many calls each process is in before it. The last call or return of a step says it, else the statement. */
function depthsOf(trace: TraceData): readonly ReadonlyMap<string, number>[] {
  const now = new Map<string, number>();
  return trace.steps.map((step) => {
    const before = new Map(now);
    const last = step.events.at(-1);
    now.set(step.process, last === undefined ? step.calls.length : last.kind === 'call' ? last.depth + 1 : last.depth);
    return before;
  });
}
