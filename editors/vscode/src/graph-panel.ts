// The panel of a state graph: the drawing alone, without scripts.

import * as vscode from 'vscode';

export function showGraph(title: string, svg: string): void {
  const panel = vscode.window.createWebviewPanel('heddle.graph', `States of ${title}`, vscode.ViewColumn.Beside, { enableScripts: false, localResourceRoots: [] });
  const drawing = svg.slice(Math.max(0, svg.indexOf('<svg')));
  panel.webview.html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>body { background: white; margin: 1rem; } svg { max-width: none; }</style>
</head>
<body>${drawing}</body>
</html>`;
}
