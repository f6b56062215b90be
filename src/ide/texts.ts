// The world of an editor: texts that are open, and files on disk behind them. What is open counts, saved or not.

import type { SourceFile } from '../base/span.js';
import { follow } from '../parser/parse.js';
import type { World } from './world.js';

/** What the world lends. Paths are absolute, with forward slashes. */
export interface Disk {
  /** The text of a file; undefined when there is none that can be read. */
  read(path: string): string | undefined;
  /** Every `.heddle` file under a folder. */
  filesUnder(folder: string): readonly string[];
}

const ENDING = '.heddle';

export class Texts implements World {
  private readonly opened = new Map<string, SourceFile>();
  private readonly fromDisk = new Map<string, SourceFile | undefined>();
  private readonly absolute = new Map<string, string>();
  private folders: readonly string[] = [];
  private listed: readonly string[] | undefined;
  private count = 0;

  /** @param library the folder of the shipped library */
  constructor(private readonly disk: Disk, private readonly library: string) {}

  get stamp(): number {
    return this.count;
  }

  /** Opens a text, or replaces that of an open one. */
  set(path: string, text: string): SourceFile {
    const before = this.opened.get(path);
    if (before?.text === text) return before;
    const source = { path: this.shown(path), text };
    follow(source, before);
    this.opened.set(path, source);
    this.count++;
    return source;
  }

  close(path: string): void {
    if (!this.opened.delete(path)) return;
    this.fromDisk.delete(path);
    this.count++;
  }

  /** A file on disk has come, gone or changed. */
  changed(path: string): void {
    this.fromDisk.delete(path);
    this.listed = undefined;
    this.count++;
  }

  setFolders(folders: readonly string[]): void {
    this.folders = folders;
    this.listed = undefined;
    this.count++;
  }

  /** The text of a file, open or not. */
  get(path: string): SourceFile | undefined {
    const open = this.opened.get(path);
    if (open !== undefined) return open;
    if (!this.fromDisk.has(path)) {
      const text = this.disk.read(path);
      this.fromDisk.set(path, text === undefined ? undefined : { path: this.shown(path), text });
    }
    return this.fromDisk.get(path);
  }

  isOpen(path: string): boolean {
    return this.opened.has(path);
  }

  openPaths(): readonly string[] {
    return [...this.opened.keys()];
  }

  pathOf(file: SourceFile): string {
    return this.absolute.get(file.path) ?? file.path;
  }

  load(module: string, from: SourceFile): SourceFile | undefined {
    const name = module.endsWith(ENDING) ? module : module + ENDING;
    const isOwn = module.startsWith('./') || module.startsWith('../');
    return this.get(normal(isOwn ? `${folderOf(this.pathOf(from))}/${name}` : `${this.library}/${name}`));
  }

  known(from: SourceFile): readonly string[] {
    const folder = folderOf(this.pathOf(from));
    const beside = this.paths().filter((p) => folderOf(p) === folder && p !== this.pathOf(from)).map((p) => `./${p.slice(folder.length + 1, -ENDING.length)}`);
    const shipped = this.disk.filesUnder(this.library).map((p) => p.slice(this.library.length + 1, -ENDING.length));
    return [...new Set([...beside, ...shipped])];
  }

  files(): readonly SourceFile[] {
    return this.paths().flatMap((p) => this.get(p) ?? []);
  }

  isReadOnly(file: SourceFile): boolean {
    return this.pathOf(file).startsWith(`${this.library}/`);
  }

  private paths(): readonly string[] {
    this.listed ??= this.folders.flatMap((f) => this.disk.filesUnder(f));
    return [...new Set([...this.opened.keys(), ...this.listed])];
  }

  /** As messages name it: from the open folder on. */
  private shown(path: string): string {
    const folder = this.folders.find((f) => path.startsWith(`${f}/`));
    const shown = path.startsWith(`${this.library}/`) ? `lib${path.slice(this.library.length)}` : folder === undefined ? path : path.slice(folder.length + 1);
    const taken = this.absolute.get(shown);
    if (taken !== undefined && taken !== path) return path;
    this.absolute.set(shown, path);
    return shown;
  }
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** Without `.` and `..`. */
export function normal(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 1) parts.pop();
    else if (part !== '.' && part !== '..' && (part !== '' || parts.length === 0)) parts.push(part);
  }
  return parts.join('/');
}
