// Reading and writing for the commands: texts in, one stream of output out. What the world does wrong (no file, no permission, a full
// disk) becomes a UserError with a clear sentence; main shows it and exits with 2.

import * as fs from 'node:fs';
import * as path from 'node:path';
import pc from 'picocolors';
import type { DiagnosticData } from '../checker/outcome.js';
import { diagnosticsText } from '../report/diagnostic-text.js';
import { plainPalette, type Palette } from '../report/palette.js';

/** The call cannot be carried out, for a reason outside Heddle. The message is one sentence for the user. */
export class UserError extends Error {
  constructor(message: string, readonly help?: string) {
    super(message);
  }
}

/** Where a command's output goes: standard output, or a file that appears whole when the command is finished. */
export interface Output {
  readonly palette: Palette;
  /** Columns. */
  readonly width: number;
  write(text: string): void;
  /** Puts the file in its place. Without it, nothing is left behind. */
  finish(): void;
}

const SYSTEM_ERRORS: { readonly [code: string]: string } = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left on the device',
  EDQUOT: 'the disk quota is used up',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'symbolic links go in a circle',
};

/** A short phrase for an error of the operating system; undefined for any other error. */
export function systemProblem(error: unknown): string | undefined {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (typeof code !== 'string' || (error as NodeJS.ErrnoException).syscall === undefined) return undefined;
  return SYSTEM_ERRORS[code] ?? `the system says ${code}`;
}

/** Runs an action on a file; what the system refuses becomes a UserError that begins with `doing`. */
function onFile<T>(doing: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const problem = systemProblem(error);
    if (problem === undefined) throw error;
    throw new UserError(`${doing}: ${problem}.`);
  }
}

export type ReadText = { readonly text: string } | { readonly problem: string };

/** The text of a file (UTF-8, a byte order mark dropped), or a phrase for why there is none. */
export function readText(file: string): ReadText {
  let bytes: Buffer;
  try {
    bytes = fs.readFileSync(file);
  } catch (error) {
    const problem = systemProblem(error) ?? ((error as NodeJS.ErrnoException).code === 'ERR_FS_FILE_TOO_LARGE' ? 'it is too large' : undefined);
    if (problem === undefined) throw error;
    return { problem };
  }
  if (bytes.includes(0)) return { problem: 'it is not a text file' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { problem: 'it is not a text file in UTF-8' };
  }
}

/**
 * Replaces a file's content in one go: a file beside it is written and renamed, so that there is always the old or the new text.
 * A device or a pipe is written to directly; a symbolic link stays one. The mode of an existing file is kept.
 * @throws UserError when the system refuses.
 */
export function replaceFile(file: string, text: string): void {
  onFile(`Cannot write ${file}`, () => {
    const target = resolveLinks(file);
    const existing = fs.statSync(target, { throwIfNoEntry: false });
    if (existing !== undefined && !existing.isFile()) {
      fs.writeFileSync(target, text);
      return;
    }
    const beside = path.join(path.dirname(target), `.${path.basename(target)}.${process.pid}.tmp`);
    try {
      fs.writeFileSync(beside, text, { flag: 'wx', mode: existing?.mode ?? 0o666 });
      if (existing !== undefined) fs.chmodSync(beside, existing.mode);
      fs.renameSync(beside, target);
    } catch (error) {
      fs.rmSync(beside, { force: true });
      throw error;
    }
  });
}

/** Makes the folder and those that it lies in. (Node's own `recursive` never comes back from a folder in which nothing can be made, such as /proc.) */
export function makeFolder(folder: string): void {
  if (fs.existsSync(folder)) return;
  makeFolder(path.dirname(path.resolve(folder)));
  onFile(`Cannot make the folder ${folder}`, () => fs.mkdirSync(folder));
}

/** Fails early where `replaceFile` would fail late. */
function ensureWritable(file: string): void {
  onFile(`Cannot write ${file}`, () => {
    const target = resolveLinks(file);
    const existing = fs.statSync(target, { throwIfNoEntry: false });
    if (existing?.isDirectory() === true) throw new UserError(`Cannot write ${file}: it is a folder.`);
    if (existing !== undefined && file.endsWith('.heddle')) throw new UserError(`${file} is a spec: what is written there would replace it.`, 'Give --out another file.');
    if (existing !== undefined) fs.accessSync(target, fs.constants.W_OK);
    if (existing === undefined || existing.isFile()) {
      const folder = path.dirname(target);
      if (!fs.statSync(folder).isDirectory()) throw new UserError(`Cannot write ${file}: ${folder} is not a folder.`);
      fs.accessSync(folder, fs.constants.W_OK);
    }
  });
}

function resolveLinks(file: string): string {
  return fs.existsSync(file) ? fs.realpathSync(file) : path.resolve(file);
}

const gone = new AbortController();

/** Aborted when nobody reads standard output any more (`| head`): what is still to be computed for it is in vain. */
export const readerGone: AbortSignal = gone.signal;

export function readerHasGone(): void {
  gone.abort();
}

/** Columns of what nobody reads in a terminal. */
const WIDTH = 100;

const paletteOf = ({ isTTY }: NodeJS.WriteStream): Palette => (isTTY && pc.isColorSupported ? pc : plainPalette);

/** Output to a file, or without one to standard output. @throws UserError when the file could not be written. */
export function openOutput(file: string | undefined): Output {
  if (file === undefined) {
    return { palette: paletteOf(process.stdout), width: (process.stdout.isTTY && process.stdout.columns) || WIDTH, write: writeOut, finish: () => undefined };
  }
  ensureWritable(file);
  const parts: string[] = [];
  return { palette: plainPalette, width: WIDTH, write: (text) => void parts.push(text), finish: () => replaceFile(file, parts.join('')) };
}

function writeOut(text: string): void {
  if (!readerGone.aborted) process.stdout.write(text);
}

export function writeError(text: string): void {
  process.stderr.write(text.endsWith('\n') ? text : `${text}\n`);
}

export function writeDiagnostics(diagnostics: readonly DiagnosticData[]): void {
  if (diagnostics.length > 0) writeError(diagnosticsText(diagnostics, paletteOf(process.stderr)));
}
