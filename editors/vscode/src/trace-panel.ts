// The panel of a trace: the trace view of Heddle's reports in a webview, whose clicks lead to the source.

import * as vscode from 'vscode';
import type { PropertyOutcome, TraceData } from '../../../src/checker/outcome.js';
import { compactTrace, type TraceViewData } from '../../../src/report/trace-view/data.js';

/** What the server's command `heddle.trace` gives. */
export interface TraceAnswer {
  readonly title: string;
  /** In lanes. */
  readonly text: string;
  readonly trace: TraceData;
  readonly property: string;
  readonly kind: PropertyOutcome['kind'];
  readonly check: string;
  readonly uri: string;
  /** URIs of the files that the steps name. */
  readonly files: Readonly<Record<string, string>>;
}

interface Shown {
  readonly panel: vscode.WebviewPanel;
  answer: TraceAnswer;
}

let shown: Shown | undefined;

export function showTracePanel(extension: vscode.Uri, answer: TraceAnswer): void {
  if (shown === undefined) {
    const media = vscode.Uri.joinPath(extension, 'media');
    const panel = vscode.window.createWebviewPanel('heddle.trace', answer.title, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }, { enableScripts: true, retainContextWhenHidden: true, localResourceRoots: [media] });
    const made: Shown = { panel, answer };
    panel.webview.onDidReceiveMessage((message: { kind: string; file?: string; line?: number; column?: number }) => {
      if (message.kind === 'ready') post(made);
      if (message.kind === 'place') void reveal(made.answer, message);
    });
    panel.onDidDispose(() => (shown = undefined));
    panel.webview.html = page(panel.webview, media);
    shown = made;
    return;
  }
  shown.answer = answer;
  shown.panel.title = answer.title;
  shown.panel.reveal(undefined, true);
  post(shown);
}

function post({ panel, answer }: Shown): void {
  const data: TraceViewData = { property: { name: answer.property, kind: answer.kind }, trace: compactTrace(answer.trace), context: answer.title };
  void panel.webview.postMessage({ kind: 'trace', data });
}

async function reveal(answer: TraceAnswer, place: { readonly file?: string; readonly line?: number; readonly column?: number }): Promise<void> {
  const uri = place.file === undefined ? undefined : answer.files[place.file];
  if (uri === undefined || place.line === undefined) return;
  const at = new vscode.Position(place.line - 1, Math.max(0, (place.column ?? 1) - 1));
  await vscode.window.showTextDocument(vscode.Uri.parse(uri), { viewColumn: vscode.ViewColumn.One, preserveFocus: true, selection: new vscode.Range(at, at) });
}

/** Only the extension's own script and styles; nothing is fetched. */
function page(webview: vscode.Webview, media: vscode.Uri): string {
  const file = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(media, name)).toString();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src ${webview.cspSource}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${file('trace.css')}">
</head>
<body><main id="trace"></main><script src="${file('trace.js')}"></script></body>
</html>`;
}
