// Reading sizes, times, counts and constants of the command line.

import * as os from 'node:os';
import { UserError } from './io.js';

const SIZE_UNITS: { readonly [unit: string]: number } = { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 };
const TIME_UNITS: { readonly [unit: string]: number } = { ms: 1, '': 1000, s: 1000, m: 60_000, min: 60_000, h: 3_600_000 };

/** Bytes of the machine that this process may use: its control group's where that is less. */
export function machineMemoryBytes(): number {
  const constrained = process.constrainedMemory?.() ?? 0;
  return constrained > 0 && constrained < os.totalmem() ? constrained : os.totalmem();
}

/** `512M`, `4G`, `1.5GiB`, `75%` (of the machine's memory), `1000000` (bytes). */
export function parseSize(text: string): number {
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(text);
  if (percent !== null && Number(percent[1]) > 0 && Number(percent[1]) <= 100) return Math.floor((machineMemoryBytes() * Number(percent[1])) / 100);
  const match = /^(\d+(?:\.\d+)?) ?([kmgt]?)(?:i?b)?$/i.exec(text);
  if (match === null || Number(match[1]) === 0) throw new UserError(`'${text}' is no size.`, 'Write 512M, 4G or 75%.');
  return Math.floor(Number(match[1]) * SIZE_UNITS[match[2]!.toLowerCase()]!);
}

/** `60s`, `5m`, `1.5h`, `500ms`, `60` (seconds): milliseconds. */
export function parseDuration(text: string): number {
  const match = /^(\d+(?:\.\d+)?) ?(ms|s|min|m|h|)$/.exec(text);
  if (match === null) throw new UserError(`'${text}' is no length of time.`, 'Write 60s, 5m or 1h.');
  return Number(match[1]) * TIME_UNITS[match[2]!]!;
}

/** A whole number of at least 1; `1_000_000` and `1,000,000` may be written. */
export function parseCount(text: string): number {
  const value = Number(text.replace(/(?<=\d)[_,](?=\d{3})/g, ''));
  if (!Number.isSafeInteger(value) || value < 1 || text.trim() === '') throw new UserError(`'${text}' is no whole number above 0.`);
  return value;
}

/** The constants of a call, each set once. */
export function parseConstants(texts: readonly string[]): readonly (readonly [string, string])[] {
  const constants = texts.map(parseConstant);
  const twice = constants.find(([name, value], i) => constants.some(([n, v], k) => k < i && n === name && v !== value));
  if (twice !== undefined) throw new UserError(`--const sets '${twice[0]}' twice.`, 'Say it once; `check` blocks of the spec can name several configurations.');
  return constants;
}

/** `N=3`: the constant's name and its value, as text. */
function parseConstant(text: string): readonly [string, string] {
  const match = /^([^=]+)=(.*)$/.exec(text);
  if (match === null) throw new UserError(`'${text}' sets no constant.`, 'Write --const N=3.');
  return [match[1]!.trim(), match[2]!.trim()];
}
