// A source text with line numbers, one line lit; beside each line what is known about it (how often it was taken).

import type { LineNote } from './data.js';
import { element, reveal } from './element.js';

export interface SourcePane {
  readonly root: HTMLElement;
  /** Lights a line (from 1), and scrolls there. */
  light(line: number): void;
}

const MARGIN = 60;

export function sourcePane(file: string, text: string, notes: ReadonlyMap<number, LineNote> = new Map()): SourcePane {
  const rows = text.replace(/\r?\n$/, '').split(/\r?\n/).map((line, i) => sourceLine(i + 1, line, notes.get(i + 1)));
  const root = element('div', { class: `tv-code${notes.size > 0 ? ' tv-noted' : ''}`, role: 'region', 'aria-label': `source of ${file}`, tabindex: 0 }, ...rows);
  let lit: HTMLElement | undefined;
  return {
    root,
    light(line) {
      lit?.classList.remove('tv-lit');
      lit?.removeAttribute('aria-current');
      lit = rows[Math.min(Math.max(line, 1), rows.length) - 1];
      lit?.classList.add('tv-lit');
      lit?.setAttribute('aria-current', 'true');
      if (lit !== undefined) reveal(root, lit, MARGIN);
    },
  };
}

function sourceLine(number: number, line: string, note: LineNote | undefined): HTMLElement {
  const comment = line.search(/\/\//);
  const [code, rest] = comment < 0 ? [line, ''] : [line.slice(0, comment), line.slice(comment)];
  const made = element('div', { class: `tv-source-line${note === undefined ? '' : ` tv-${note.kind}`}`, 'data-line': number }, element('span', { class: 'tv-line-number' }, String(number)));
  made.append(element('span', { class: 'tv-note', title: note?.title }, note?.text ?? ''));
  const words = element('code', {}, code);
  if (rest !== '') words.append(element('span', { class: 'tv-comment' }, rest));
  made.append(words);
  return made;
}
