// Text into HTML, XML and Markdown.

const SIGNS: { readonly [sign: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** For elements of HTML, and attributes in double quotes. */
export const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => SIGNS[sign]!);

/** The same for XML. What it cannot hold at all becomes a replacement sign. */
export const xml = (text: string): string => escaped(text.replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, (char) => ('\n\r\t'.includes(char) ? char : '\ufffd')));

/** For a line of Markdown, or a cell of a table. */
export const prose = (text: string): string => text.replace(/[&<>]/g, (sign) => SIGNS[sign]!).replace(/[\\*_[\]|~]/g, '\\$&').replace(/\s*\n\s*/g, ' ');

export const code = (text: string): string => `\`${text.replaceAll('`', "'").replaceAll('|', '\\|')}\``;

/** A fence longer than any in the text. */
export function fenced(language: string, text: string): string {
  const fence = '`'.repeat(Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length)) + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** @param title HTML */
export const folded = (title: string, body: string): string => `<details><summary>${title}</summary>\n\n${body}\n\n</details>`;
