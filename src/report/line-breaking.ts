// Fitting text into columns: wrapping at spaces, shortening with three dots, plain ASCII for mails.

const PLAIN: { readonly [char: string]: string } = {
  '…': '...', '→': '->', '←': '<-', '⇒': '=>', '≤': '<=', '≥': '>=', '≠': '!=', '∈': 'in', '∧': '&&', '∨': '||', '¬': '!',
  '–': '-', '—': '-', '‘': "'", '’': "'", '“': '"', '”': '"', '\u00a0': ' ',
};

/** One line of printable ASCII: white space is collapsed, well-known signs are spelt out, the rest becomes `?`. */
export function plainText(text: string): string {
  const spelt = text.normalize('NFC').replace(/[^\x20-\x7e\s]/gu, (char) => PLAIN[char] ?? '?');
  return spelt.replace(/\s+/g, ' ').trim();
}

/** At most `width` characters, the end replaced by `...` where it is longer. */
export function shorten(text: string, width: number): string {
  if (text.length <= width) return text;
  return width <= 3 ? text.slice(0, Math.max(0, width)) : `${text.slice(0, width - 3).trimEnd()}...`;
}

/** A text with a label in the margin, which is `room` columns wide: all lines indented by two, together at most `width` columns. */
export function labelled(label: string, text: string, room: number, width: number, paint: (label: string) => string): readonly string[] {
  return wrap(text, width - room - 4).map((line, i) => (i === 0 ? `  ${paint(label.padEnd(room))}  ${line}` : ' '.repeat(room + 4) + line));
}

/** Where to cut a word of code: not in the middle of a name, if that leaves half of the line. */
function cutOf(word: string, room: number): number {
  const places = Array.from({ length: Math.ceil(room / 2) }, (_, i) => room - i);
  return places.find((at) => /[([,]/.test(word[at - 1]!)) ?? places.find((at) => word[at] === '.') ?? room;
}

/**
 * Breaks a text at spaces into lines of at most `width` characters; lines after the first start with `hang` blanks. A word that is
 * longer than a line is cut there, where it can be behind a bracket or a comma or before a dot. Beyond `maxLines` the last line ends in `...`.
 */
export function wrap(text: string, width: number, hang = 0, maxLines = Infinity): string[] {
  const room = Math.max(1, width);
  const indent = ' '.repeat(Math.min(hang, room - 1));
  const lines: string[] = [];
  let line = '';
  let isEmpty = true;
  for (let word of text.split(' ').filter((w) => w !== '')) {
    if (!isEmpty && line.length + 1 + word.length > room) {
      lines.push(line);
      line = indent;
      isEmpty = true;
    }
    while (isEmpty && line.length + word.length > room) {
      const cut = cutOf(word, room - line.length);
      lines.push(line + word.slice(0, cut));
      word = word.slice(cut);
      line = indent;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = isEmpty && word === '';
  }
  if (!isEmpty || lines.length === 0) lines.push(line.trimEnd());
  if (lines.length <= maxLines) return lines;
  const last = lines[maxLines - 1]!;
  return [...lines.slice(0, maxLines - 1), `${last.slice(0, Math.max(0, room - 3)).trimEnd()}...`.slice(0, room)];
}
