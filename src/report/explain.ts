// `heddle explain CODE` and docs/errors.md: the pages of the catalogue of messages.

import { catalogue } from '../base/catalogue/index.js';
import type { Entry } from '../base/catalogue/entry.js';
import { distance } from '../base/suggest.js';

const entries = catalogue as unknown as { readonly [code: string]: Entry<never> };

/** Every code, sorted. */
export const codes: readonly string[] = Object.keys(entries).sort();

/** The page of a code as Markdown, with a line break at its end; undefined when there is no such code. */
export function explainPage(code: string): string | undefined {
  return Object.hasOwn(entries, code) ? `# ${code}\n\n${kindOf(entries[code]!)}\n\n${entries[code]!.explain.trim()}\n` : undefined;
}

/** What to say about a code that is not in the catalogue: `Unknown code 'x'. Did you mean …?` */
export function unknownCode(code: string): string {
  const near = nearCodes(code);
  const hint = near.length === 0 ? 'All codes stand in docs/errors.md.' : `Did you mean ${near.map((c) => `\`${c}\``).join(' or ')}?`;
  return `There is no code \`${code}\`. ${hint}`;
}

/** At most three codes that a user may have meant, the nearest first: the same without its family, part of it, or a few letters off. */
export function nearCodes(code: string): readonly string[] {
  const asked = code.toLowerCase().trim().replace(/^(?:error|warning)\[(.*)\]$/, '$1');
  const nameOf = (c: string): string => c.slice(c.indexOf('/') + 1);
  const scored = codes.map((c) => {
    if (c === asked || nameOf(c) === asked) return { c, score: 0 };
    const score = Math.min(distance(asked, c), asked.includes('/') ? Infinity : distance(asked, nameOf(c)));
    const isPart = asked.length >= 3 && (c.includes(asked) || c.startsWith(`${asked}/`));
    return { c, score: isPart ? Math.min(score, 2) : score };
  });
  return scored
    .filter(({ c, score }) => score <= Math.max(2, Math.floor(Math.min(asked.length, c.length) / 3)))
    .sort((a, b) => a.score - b.score || (a.c < b.c ? -1 : 1))
    .slice(0, 3)
    .map(({ c }) => c);
}

/** The whole catalogue as one Markdown document, families in order. */
export function catalogueMarkdown(): string {
  const families = [...new Set(codes.map((code) => code.slice(0, code.indexOf('/'))))];
  const out = [
    '# Errors and warnings',
    '',
    'Made from the catalogue in `src/base/catalogue` by `npm run generate`; do not edit. `heddle explain CODE` shows one page.',
    '',
  ];
  for (const family of families) {
    const links = codesOf(family).map((code) => `[${nameIn(code)}](#${anchor(code)})`);
    out.push(`- **${family}**: ${links.join(', ')}`);
  }
  for (const family of families) {
    out.push('', `## ${family}`);
    for (const code of codesOf(family)) {
      out.push('', `### ${code}`, '', kindOf(entries[code]!), '', deepen(entries[code]!.explain.trim()));
    }
  }
  return `${out.join('\n')}\n`;
}

const codesOf = (family: string): readonly string[] => codes.filter((code) => code.startsWith(`${family}/`));

const nameIn = (code: string): string => code.slice(code.indexOf('/') + 1);

/** As GitHub makes anchors of headings: the slash goes. */
const anchor = (code: string): string => code.replace(/[^\w-]/g, '');

const kindOf = (entry: Entry<never>): string => (entry.severity === 'error' ? '*An error.*' : '*A warning.*');

/** Headings inside a page go below the page's own; lines in fences are left alone. */
function deepen(page: string): string {
  let inFence = false;
  return page
    .split('\n')
    .map((line) => {
      if (line.startsWith('```')) inFence = !inFence;
      return !inFence && /^#{1,3} /.test(line) ? `###${line}` : line;
    })
    .join('\n');
}
