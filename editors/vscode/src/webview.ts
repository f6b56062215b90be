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
  const view = traceView(place, data.data, { onPlace: ({ file, line, column }) => host.postMessage({ kind: 'place', file, line, column }) });
  view.focus();
});
host.postMessage({ kind: 'ready' });
