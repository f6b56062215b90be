// Reads every import of src/ and holds it to the chart of rooms in docs/ARCHITECTURE.md: downward only, the world only at the edges.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const src = join(dirname(fileURLToPath(import.meta.url)), '..', 'src');

/** What each room may import, itself included. Files directly in src/ are rooms of their own. */
const rooms: Record<string, readonly string[]> = {
  base: [],
  core: ['base'],
  ast: ['base'],
  parser: ['base', 'ast'],
  analysis: ['base', 'core', 'ast', 'parser'],
  checker: ['base'],
  model: ['base', 'core', 'analysis', 'checker'],
  codegen: ['base', 'core', 'model', 'checker'],
  report: ['base', 'core', 'model', 'checker'],
  simulate: ['base', 'core', 'model', 'checker'],
  'compile.ts': ['base', 'core', 'ast', 'parser', 'analysis', 'model'],
  check: ['base', 'core', 'model', 'checker', 'analysis', 'report', 'codegen', 'compile.ts'],
  ide: ['base', 'core', 'ast', 'parser', 'analysis', 'model'],
  diff: ['base', 'core', 'ast', 'parser', 'analysis', 'checker', 'model', 'codegen', 'report'],
  lsp: ['base', 'checker', 'report', 'ide'],
  export: ['base', 'core', 'model', 'analysis'],
  engines: ['base', 'core', 'model', 'checker', 'check', 'export'],
  cli: ['base', 'core', 'ast', 'parser', 'analysis', 'model', 'checker', 'codegen', 'report', 'simulate', 'compile.ts', 'check', 'ide', 'lsp', 'diff', 'export', 'engines'],
  'index.ts': ['base', 'core', 'ast', 'parser', 'analysis', 'model', 'checker', 'report', 'compile.ts', 'check'],
};

/** Rooms that meet the world. */
const WORLDLY = ['cli', 'lsp', 'engines'];

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.ts'));
const roomOf = (file: string): string => file.split(/[\\/]/)[0]!;
const importsOf = (text: string): readonly string[] =>
  [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((m) => m[1]!);

test('every room has a row in the chart', () => {
  expect(files.map(roomOf).filter((room) => !(room in rooms))).toEqual([]);
});

test('rooms import downward only', () => {
  const wrong = files.flatMap((file) =>
    importsOf(readFileSync(join(src, file), 'utf8'))
      .filter((to) => to.startsWith('.'))
      .map((to) => roomOf(relative(src, normalize(join(src, dirname(file), to.replace(/\.js$/, '.ts'))))))
      .filter((room) => room !== roomOf(file) && !rooms[roomOf(file)]!.includes(room))
      .map((room) => `${file} imports ${room}`),
  );
  expect(wrong).toEqual([]);
});

test('files, processes, clocks and the console are used at the edges only', () => {
  const outside = files.filter((file) => !WORLDLY.includes(roomOf(file)));
  const wrong = outside.flatMap((file) => {
    const text = readFileSync(join(src, file), 'utf8');
    const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    const worldly = importsOf(text).filter((to) => to.startsWith('node:'));
    if (/\bprocess\.(argv|cwd|env|exit|exitCode|hrtime|memoryUsage|on|once|platform|stderr|stdin|stdout|version)\b|\bconsole\.\w|\bperformance\.now|\bDate\.now\b|\bnew Date\b/.test(code)) worldly.push('a global of the world');
    return worldly.map((what) => `${file} uses ${what}`);
  });
  expect(wrong).toEqual([]);
});
