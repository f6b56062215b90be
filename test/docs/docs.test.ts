// Runs what README.md, docs/ and specs/async_cb/README.md show. A ```heddle block that holds a whole spec (`spec` on its first line that is no comment) must compile without
// errors. In a ```console block each line `$ heddle …` or `$ npx heddle …` is run, and what follows it is the output: a line `...` stands for any
// lines; times, rates and sizes are not compared. A spec block whose first line is `// name.heddle` is written as that file where its page's
// commands run; a later block of the same name replaces it. A page without such a block runs at the project's root.

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { isError } from '../../src/base/diagnostic.js';
import { fileLoader } from '../../src/cli/loader.js';
import { compile } from '../../src/compile.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
// What was built (npm run build): a page has dozens of commands, and from source each takes a second to begin.
const MAIN = join(ROOT, 'dist/cli/main.js');
const TIMEOUT_MS = 300_000;

interface Block {
  readonly language: string;
  readonly text: string;
  /** Of its first line, from 1. */
  readonly line: number;
}

interface Command {
  readonly line: number;
  readonly words: readonly string[];
  readonly output: string;
}

/** The fenced blocks of a page. */
function blocksOf(page: string): readonly Block[] {
  return [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map((match) => ({
    language: match[1]!,
    text: match[2]!,
    line: page.slice(0, match.index).split('\n').length + 1,
  }));
}

const isSpec = (block: Block): boolean => block.language === 'heddle' && /^(\/\/.*\n|\s*\n)*spec\s/.test(block.text);
const fileNameOf = (block: Block): string | undefined => (isSpec(block) ? /^\/\/ (\S+\.heddle)\n/.exec(block.text)?.[1] : undefined);

/** The commands of a console block that are Heddle's; others are for the reader alone. */
function commandsOf(block: Block): readonly Command[] {
  if (block.language !== 'console') return [];
  const lines = block.text.split('\n');
  const starts = lines.flatMap((line, index) => (line.startsWith('$ ') ? [index] : []));
  return starts.flatMap((start, index) => {
    const called = /^\$ (?:npx )?heddle (.*)$/.exec(lines[start]!);
    if (called === null) return [];
    const output = lines.slice(start + 1, starts[index + 1]).join('\n');
    return [{ line: block.line + start, words: called[1]!.trim().split(/\s+/), output }];
  });
}

const MEASURED = /in [\d.]+ (?:ms|s|min|h)(?: \([\d.,]+(?: \w+)?\/s(?:, [\d.,]+ k?M?B a state)?\))?/g;
const normalised = (text: string): readonly string[] =>
  text.trim().replace(MEASURED, 'in TIME').split('\n').map((line) => line.trimEnd());

/** The lines that came out, where those that a `...` stands for are replaced by it as far as the rest agrees. */
function withGaps(actual: readonly string[], shown: readonly string[]): readonly string[] {
  const gap = shown.indexOf('...');
  if (gap < 0) return actual;
  const after = shown.slice(gap + 1);
  if (after.length === 0) return [...actual.slice(0, gap), '...'];
  const next = after[0]!;
  for (let at = actual.indexOf(next, gap); at >= 0; at = actual.indexOf(next, at + 1)) {
    const rest = withGaps(actual.slice(at), after);
    if (rest.join('\n') === after.join('\n')) return [...actual.slice(0, gap), '...', ...rest];
  }
  return actual;
}

/** Standard output and standard error, whatever the exit code. */
function run(words: readonly string[], folder: string): Promise<string> {
  const environment = { ...process.env, NO_COLOR: '1', COLUMNS: '100' };
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...words], { cwd: folder, env: environment }, (_, out, err) => resolve(out + err));
  });
}

async function runPage(page: string): Promise<void> {
  const blocks = blocksOf(page);
  const hasFiles = blocks.some((block) => fileNameOf(block) !== undefined);
  const folder = hasFiles ? mkdtempSync(join(tmpdir(), 'heddle-docs-')) : ROOT;
  try {
    for (const block of blocks) {
      const name = fileNameOf(block);
      if (name !== undefined) writeFileSync(join(folder, name), block.text);
      for (const command of commandsOf(block)) {
        const shown = normalised(command.output);
        const actual = withGaps(normalised(await run(command.words, folder)), shown);
        expect(actual, `line ${String(command.line)}: heddle ${command.words.join(' ')}`).toEqual(shown);
      }
    }
  } finally {
    if (hasFiles) rmSync(folder, { recursive: true });
  }
}

function errorsOf(block: Block, page: string): readonly string[] {
  const { diagnostics } = compile({ entry: { path: `${page}.heddle`, text: block.text }, loader: fileLoader() });
  return diagnostics.filter(isError).map((d) => `line ${String(block.line)}: ${d.code}: ${d.message}`);
}

const pages = ['README.md', 'specs/async_cb/README.md', ...readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md') && name !== 'errors.md').map((name) => `docs/${name}`)];

describe.each(pages)('%s', (name) => {
  const page = readFileSync(join(ROOT, name), 'utf8');
  const specs = blocksOf(page).filter(isSpec);
  const commands = blocksOf(page).flatMap(commandsOf);

  if (specs.length > 0) {
    test('its specs compile', () => {
      expect(specs.flatMap((block) => errorsOf(block, name))).toEqual([]);
    });
  }
  if (commands.length > 0) {
    test('its commands print what it shows', () => runPage(page), TIMEOUT_MS);
  }
  test('its links lead to files', () => {
    // In code a bracket is no link.
    const links = [...page.replace(/`[^`\n]*`/g, '').matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map((match) => match[1]!);
    const there = (link: string): boolean => {
      try {
        return readFileSync(new URL(link, new URL(name, `file://${ROOT}`))).length > 0;
      } catch {
        return false;
      }
    };
    expect(links.filter((link) => !there(link))).toEqual([]);
  });
});

test('a gap stands for any lines, and for nothing else', () => {
  expect(withGaps(['a', 'b', 'c', 'd'], ['a', '...', 'd'])).toEqual(['a', '...', 'd']);
  expect(withGaps(['a', 'b', 'c', 'd'], ['a', '...', 'x'])).toEqual(['a', 'b', 'c', 'd']);
});
