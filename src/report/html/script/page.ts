// Brings the report to life: puts trace views and sources where they are opened, and follows links to lines and steps.

import type { LineNote } from '../../trace-view/data.js';
import { sourcePane, type SourcePane } from '../../trace-view/source-pane.js';
import { traceView, type TraceView } from '../../trace-view/view.js';
import type { PageData } from '../page.js';
import { unshareValues, type SharedValues } from '../shared-values.js';

const data = unshareValues(JSON.parse(document.getElementById('heddle-data')!.textContent!) as SharedValues) as PageData;
const texts = new Map(data.sources.map(({ path, text }) => [path, text]));
const notes = new Map<string, ReadonlyMap<number, LineNote>>(data.sources.map(({ path, notes: list }) => [path, new Map(list)]));
const panes = new Map<string, SourcePane>();
const views = new Map<number, TraceView>();

/** The listing of a file, made when it is first needed. */
function listing(file: string): SourcePane | undefined {
  const index = data.sources.findIndex(({ path }) => path === file);
  if (index < 0) return undefined;
  let pane = panes.get(file);
  if (pane === undefined) {
    pane = sourcePane(file, texts.get(file)!, notes.get(file));
    panes.set(file, pane);
    document.querySelector(`[data-source="${index}"]`)!.replaceChildren(pane.root);
  }
  return pane;
}

function goTo(file: string, line: number): void {
  const pane = listing(file);
  if (pane === undefined) return;
  pane.root.closest('details')!.open = true;
  pane.root.scrollIntoView({ block: 'nearest' });
  pane.light(line);
  pane.root.focus();
}

/** The view of a trace, made when it is first opened. */
function view(index: number): TraceView | undefined {
  const host = document.querySelector<HTMLElement>(`[data-trace="${index}"]`);
  const trace = data.traces[index];
  if (host === null || trace === undefined) return undefined;
  let known = views.get(index);
  if (known === undefined) {
    let isReady = false;
    known = traceView(host, trace, {
      sourceOf: (file) => texts.get(file),
      notesOf: (file) => notes.get(file) ?? new Map<number, LineNote>(),
      onPlace: ({ file, line }) => goTo(file, line),
      // The address leads to the step that is shown, so that it can be sent to somebody.
      onStep: (step) => isReady && history.replaceState(undefined, '', `#trace-${index}.${step}`),
    });
    views.set(index, known);
    isReady = true;
  }
  return known;
}

for (const details of document.querySelectorAll<HTMLDetailsElement>('details.trace')) {
  const open = (): unknown => details.open && view(Number(details.querySelector<HTMLElement>('[data-trace]')!.dataset['trace']));
  details.addEventListener('toggle', open);
  open();
}
for (const details of document.querySelectorAll<HTMLDetailsElement>('details.source')) {
  const file = data.sources[Number(details.querySelector<HTMLElement>('[data-source]')!.dataset['source'])]!.path;
  details.addEventListener('toggle', () => details.open && listing(file));
}
// A picture is larger than the window, and its first state stands anywhere at its top.
for (const details of document.querySelectorAll<HTMLDetailsElement>('details.graph')) {
  details.addEventListener('toggle', () => {
    const picture = details.querySelector('.picture')!;
    const first = picture.querySelector('svg > g > g');
    if (!details.open || first === null) return;
    const [outer, inner] = [picture.getBoundingClientRect(), first.getBoundingClientRect()];
    picture.scrollLeft += inner.left + inner.width / 2 - (outer.left + outer.width / 2);
  }, { once: true });
}
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest<HTMLElement>('a[data-file]') : null;
  if (link === null) return;
  event.preventDefault();
  goTo(link.dataset['file']!, Number(link.dataset['line']));
});

/** `#trace-2.14`: the state after step 14 of trace 2. */
function follow(): void {
  const match = /^#trace-(\d+)(?:\.(\d+))?$/.exec(location.hash);
  if (match === null) return;
  const details = document.getElementById(`trace-${match[1]!}`) as HTMLDetailsElement | null;
  const known = view(Number(match[1]));
  if (details === null || known === undefined) return;
  details.open = true;
  if (match[2] !== undefined) known.show(Number(match[2]));
  details.scrollIntoView();
  known.focus();
}
addEventListener('hashchange', follow);
follow();
