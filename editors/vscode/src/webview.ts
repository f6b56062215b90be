// Inside the panel: the trace view, told by messages what to show, telling where the reader wants to go.

import type { TraceViewData } from '../../../src/report/trace-view/data.js';
import { traceView } from '../../../src/report/trace-view/view.js';

interface Host {
  postMessage(message: unknown): void;
}

declare const acquireVsCodeApi: () => Host;

const host = acquireVsCodeApi();
const place = document.getElementById('trace')!;

window.addEventListener('message', ({ data }: MessageEvent<{ readonly kind: string; readonly data: TraceViewData }>) => {
  if (data.kind !== 'trace') return;
  const goTo = ({ file, line, column }: { readonly file: string; readonly line: number; readonly column: number }): void => host.postMessage({ kind: 'place', file, line, column });
  // The source goes along with the steps, as in a debugger.
  const onStep = (index: number): void => {
    const step = data.data.trace.steps[index - 1];
    if (step !== undefined) goTo(step.place);
  };
  const view = traceView(place, data.data, { onPlace: goTo, onStep });
  view.focus();
});
host.postMessage({ kind: 'ready' });
