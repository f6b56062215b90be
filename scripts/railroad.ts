// Railroad diagrams of grammar rules as SVG. A piece is drawn around its rail: it is entered at (x, y) and left at (x + width, y).

import { escaped } from '../src/report/markup.js';
import type { Part } from './grammar.js';

interface Piece {
  readonly width: number;
  /** Room needed above and below the rail. */
  readonly up: number;
  readonly down: number;
  readonly draw: (x: number, y: number) => string;
}

export interface Diagram {
  readonly width: number;
  readonly height: number;
  readonly svg: string;
}

const CHARACTER = 8;
const BOX = 13;
const GAP = 12;
const R = 9;
const BETWEEN = 8;

const path = (d: string): string => `<path d="${d}"/>`;
const rail = (x: number, y: number, length: number): string => (length > 0 ? path(`M${x} ${y}h${length}`) : '');

function box(text: string, isWord: boolean, link: boolean): Piece {
  const width = text.length * CHARACTER + 18;
  const draw = (x: number, y: number): string => {
    const shape = `<rect x="${x}" y="${y - BOX}" width="${width}" height="${2 * BOX}"${isWord ? ` class="word" rx="${BOX}"` : ''}/><text x="${x + width / 2}" y="${y + 4}">${escaped(text)}</text>`;
    return link ? `<a href="#${text}">${shape}</a>` : shape;
  };
  return { width, up: BOX, down: BOX, draw };
}

const nothing: Piece = { width: 0, up: 0, down: 0, draw: () => '' };

function sequence(pieces: readonly Piece[]): Piece {
  return {
    width: pieces.reduce((w, p) => w + p.width, GAP * (pieces.length - 1)),
    up: Math.max(...pieces.map((p) => p.up)),
    down: Math.max(...pieces.map((p) => p.down)),
    draw: (x, y) => {
      let at = x;
      return pieces.map((p, i) => {
        const before = i === 0 ? '' : rail(at, y, GAP);
        if (i > 0) at += GAP;
        const drawn = p.draw(at, y);
        at += p.width;
        return before + drawn;
      }).join('');
    },
  };
}

/** The first branch on the rail, the others below it. */
function choice(branches: readonly Piece[]): Piece {
  const inner = Math.max(...branches.map((b) => b.width));
  const offsets: number[] = [];
  let below = 0;
  branches.forEach((b, i) => {
    if (i > 0) below += Math.max(b.up + BETWEEN, 2 * R);
    offsets.push(below);
    below += b.down;
  });
  const width = inner + 4 * R;
  const draw = (x: number, y: number): string =>
    branches.map((b, i) => {
      const line = y + offsets[i]!;
      const start = x + 2 * R;
      const drawn = b.draw(start, line) + rail(start + b.width, line, inner - b.width);
      if (i === 0) return rail(x, y, 2 * R) + drawn + rail(start + inner, y, 2 * R);
      const down = line - y - 2 * R;
      return path(`M${x} ${y}a${R} ${R} 0 0 1 ${R} ${R}v${down}a${R} ${R} 0 0 0 ${R} ${R}`) + drawn + path(`M${start + inner} ${line}a${R} ${R} 0 0 0 ${R} ${-R}v${-down}a${R} ${R} 0 0 1 ${R} ${-R}`);
    }).join('');
  return { width, up: branches[0]!.up, down: below, draw };
}

/** Once or more: a way back below, through the separator. */
function loop(of: Piece, separator: Piece): Piece {
  const inner = Math.max(of.width, separator.width);
  const back = Math.max(of.down + BETWEEN + separator.up, 2 * R);
  const draw = (x: number, y: number): string => {
    const start = x + R;
    const end = start + inner;
    return [
      rail(x, y, R), of.draw(start, y), rail(start + of.width, y, inner - of.width + R),
      path(`M${end} ${y}a${R} ${R} 0 0 1 ${R} ${R}v${back - 2 * R}a${R} ${R} 0 0 1 ${-R} ${R}`),
      separator.draw(start + (inner - separator.width) / 2, y + back),
      rail(start, y + back, (inner - separator.width) / 2), rail(end - (inner - separator.width) / 2, y + back, (inner - separator.width) / 2),
      path(`M${start} ${y + back}a${R} ${R} 0 0 1 ${-R} ${-R}v${-(back - 2 * R)}a${R} ${R} 0 0 1 ${R} ${-R}`),
    ].join('');
  };
  return { width: inner + 2 * R, up: of.up, down: back + separator.down, draw };
}

function pieceOf(p: Part, known: ReadonlySet<string>): Piece {
  switch (p.kind) {
    case 'word':
      return box(p.text, true, false);
    case 'rule':
      return box(p.name, false, known.has(p.name));
    case 'sequence':
      return sequence(p.parts.map((x) => pieceOf(x, known)));
    case 'choice':
      return choice(p.parts.map((x) => pieceOf(x, known)));
    case 'optional':
      return choice([nothing, pieceOf(p.of, known)]);
    case 'repeated': {
      const once = loop(pieceOf(p.of, known), p.separator === undefined ? nothing : box(p.separator, true, false));
      return p.least === 1 ? once : choice([nothing, once]);
    }
  }
}

/** Draws a rule; names in `known` become links to their headings. */
export function drawRule(part: Part, known: ReadonlySet<string>): Diagram {
  const piece = pieceOf(part, known);
  const y = piece.up + 10;
  const svg = `<path d="M10 ${y - 8}v16M${piece.width + 50} ${y - 8}v16"/>${rail(10, y, 20)}${piece.draw(30, y)}${rail(30 + piece.width, y, 20)}`;
  return { width: piece.width + 60, height: y + piece.down + 12, svg };
}
