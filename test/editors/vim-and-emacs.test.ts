// Neovim (0.7 of Debian, and later) and Emacs with the files of editors/, without a screen.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderOf, MAIN, start } from '../support/command-line.js';
import { projectRoot } from '../support/samples.js';

const has = (program: string): boolean => spawnSync(program, ['--version']).status === 0;
const hasNeovim = has('nvim');
const hasEmacs = has('emacs');
if (!hasNeovim) console.warn('nvim is not installed: its test is skipped');
if (!hasEmacs) console.warn('emacs is not installed: its test is skipped');

const SPEC = 'var turn: 0..1 = 0\nprocess p {\n    trun := 1\n}\ninvariant Wrong = turn == 0\n';

test.skipIf(!hasNeovim)('Neovim opens a spec, gets diagnostics, hovers, renames, formats, checks and shows a trace', async () => {
  const { folder, remove } = folderOf({ 'spec.heddle': SPEC });
  const plugin = join(projectRoot, 'editors/nvim');
  const env = {
    HEDDLE_SERVER: JSON.stringify([process.execPath, MAIN, 'lsp', '--stdio']), HEDDLE_SPEC: join(folder, 'spec.heddle'), HEDDLE_FINDINGS: join(folder, 'findings.json'),
    XDG_STATE_HOME: folder, XDG_DATA_HOME: folder, XDG_CACHE_HOME: folder, XDG_CONFIG_HOME: folder,
  };
  try {
    const { ended } = start('nvim', ['--headless', '--clean', '--cmd', `set runtimepath^=${plugin}`, '-c', `luafile ${join(projectRoot, 'test/editors/nvim-session.lua')}`], { cwd: folder, env: { ...process.env, ...env } });
    const { err } = await ended;
    const found = JSON.parse(readFileSync(join(folder, 'findings.json'), 'utf8')) as Record<string, string>;
    expect(found['problem'], err).toBeUndefined();
    expect(found['filetype']).toBe('heddle');
    expect(found['diagnostic']).toMatch(/^3:5 resolve\/unknown-name Unknown name 'trun'/);
    expect(found['hover']).toContain('variable of type `0..1`, 1 bit');
    expect(found['text']).toBe('var whose: 0..1 = 0\nprocess p {\n  whose := 1\n}\ninvariant Wrong = whose == 0');
    expect(found['verdict']).toMatch(/^Wrong: violated after 1 step, not as expected/);
    expect(found['trace']).toContain('whose := 1');
  } finally {
    remove();
  }
}, 60_000);

test.skipIf(!hasEmacs)('Emacs colours and indents a spec, and knows the server', async () => {
  const folder = join(projectRoot, 'editors/emacs');
  const program = `(progn
    (add-to-list 'load-path "${folder}")
    (require 'heddle-mode)
    (defvar eglot-server-programs nil)
    (provide 'eglot)
    (with-temp-buffer
      (insert "process p {\\nif turn == 1 {\\nskip // note\\n}\\n}\\n")
      (heddle-mode)
      (let ((inhibit-message t)) (indent-region (point-min) (point-max)))
      (font-lock-ensure)
      (princ (format "%s|%s|%s|%S|%s" (substring-no-properties (buffer-string)) (get-text-property 1 'face) (get-text-property (- (point-max) 10) 'face) (car eglot-server-programs) (cdr (assoc "\\\\.heddle\\\\'" auto-mode-alist))))))`;
  const { out, code } = await start('emacs', ['--batch', '--quick', '--eval', program], { cwd: folder }).ended;
  const [text, first, note, server, mode] = out.split('|');
  expect(code).toBe(0);
  expect(text).toBe('process p {\n  if turn == 1 {\n    skip // note\n  }\n}\n');
  expect(first).toBe('font-lock-keyword-face');
  expect(note).toBe('font-lock-comment-face');
  expect(server).toBe('(heddle-mode "heddle" "lsp" "--stdio")');
  expect(mode).toBe('heddle-mode');
}, 60_000);
