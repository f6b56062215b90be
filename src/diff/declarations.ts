// What two revisions declare, as canonical text without comments, compared declaration by declaration and line by line. Layout is no
// difference. Constants, properties, checks and expectations are compared elsewhere, by their values.

import { baseName, isAbstract } from '../analysis/modules.js';
import type { Declaration } from '../ast/nodes.js';
import { print } from '../ast/print.js';
import { lineFates } from '../base/line-diff.js';
import type { SourceFile } from '../base/span.js';
import { parse } from '../parser/parse.js';
import type { LineChange, TextChange } from './result.js';

/** One declaration. */
export interface DeclaredText {
  /** `procedure timer_start`, `pool Cb`, with its file's name in front where the file of the call or several others declare the same. */
  readonly name: string;
  readonly isCode: boolean;
  readonly lines: readonly string[];
  /** Where its own name stands, to find it again. */
  readonly file: SourceFile;
  readonly nameStart: number;
}

/** Every declaration of the files (that of the call first) that is compared as text. */
export function declaredTexts(files: readonly SourceFile[]): readonly DeclaredText[] {
  const found = files.flatMap((file) => textsOf(file));
  const uses = new Map<string, number>();
  for (const { name } of found) uses.set(name, (uses.get(name) ?? 0) + 1);
  const [entry] = files;
  return found.map((d) => (uses.get(d.name) === 1 || d.file === entry ? d : { ...d, name: `${baseName(d.file.path)}: ${d.name}` }));
}

/** The definition of a property as it is written, comments left out; undefined when the file has no such declaration. */
export function propertyText(file: SourceFile, nameStart: number): string | undefined {
  const bare = withoutComments(file);
  const d = parse(bare).file.declarations.find((x) => (x.kind === 'invariant' || x.kind === 'property') && x.name.span.start === nameStart);
  if (d === undefined) return undefined;
  const text = printed(d, bare).join('\n');
  return text.slice(text.indexOf('=') + 1).trim().split('\n').map((line) => line.replace(/^ {2}/, '')).join('\n');
}

function textsOf(source: SourceFile): readonly DeclaredText[] {
  const file = withoutComments(source);
  let inits = 0;
  return parse(file).file.declarations.flatMap((d): DeclaredText[] => {
    const title = titleOf(d);
    if (title === undefined) return [];
    // A file may have several `init` blocks; each is compared with the one at its place.
    const name = d.kind === 'init' && inits++ > 0 ? `init ${inits}` : title;
    return [{ name, isCode: CODE.has(d.kind), lines: printed(d, file), file: source, nameStart: 'name' in d ? d.name.span.start : d.span.start }];
  });
}

const CODE: ReadonlySet<Declaration['kind']> = new Set(['procedure', 'process', 'macro', 'init'] as const);

function titleOf(d: Declaration): string | undefined {
  switch (d.kind) {
    case 'procedure':
    case 'type':
      // What is abstract is given by another declaration of the same name.
      return isAbstract(d) ? undefined : `${d.kind} ${d.name.text}`;
    case 'process':
    case 'macro':
    case 'enum':
    case 'record':
    case 'pool':
    case 'var':
    case 'context':
    case 'def':
      return `${d.kind} ${d.name.text}`;
    case 'extend':
      return `extend pool ${d.pool.parts.map((p) => p.text).join('.')}`;
    case 'init':
      return 'init';
    case 'steps':
      return `grain of steps`;
    case 'import':
      // A module that is given nothing is only where names come from.
      return d.bindings.length === 0 ? undefined : `import ${d.alias?.text ?? d.path}`;
    default:
      return undefined;
  }
}

const printed = (d: Declaration, file: SourceFile): readonly string[] =>
  print({ declarations: [d], comments: [], span: d.span }, file).split('\n').filter((line) => line.trim() !== '');

const bare = new WeakMap<SourceFile, SourceFile>();

/** Comments replaced by blanks: all offsets stay as they are. */
function withoutComments(file: SourceFile): SourceFile {
  let result = bare.get(file);
  if (result === undefined) {
    const text = file.text.replace(/"[^"\n]*"|\/\/[^\n]*/g, (found) => (found.startsWith('"') ? found : ' '.repeat(found.length)));
    bare.set(file, (result = { path: file.path, text }));
  }
  return result;
}

/** What came, went or changed. A module that came or went with all that it declares is one change. */
export function compareTexts(before: readonly DeclaredText[], after: readonly DeclaredText[]): { readonly steps: readonly TextChange[]; readonly declarations: readonly TextChange[] } {
  const [gone, come] = [onlyThere(before, after), onlyThere(after, before)];
  const { steps, declarations } = compareDeclared(before.filter((d) => !gone.has(d.file)), after.filter((d) => !come.has(d.file)));
  const modules = (files: ReadonlySet<SourceFile>, texts: readonly DeclaredText[], kind: 'added' | 'removed'): readonly TextChange[] =>
    [...files].map((file) => ({
      name: `module ${baseName(file.path)}`,
      kind,
      lines: texts.filter((d) => d.file === file).flatMap((d) => d.lines.map((text): LineChange => ({ kind: kind === 'added' ? 'gained' : 'lost', text }))),
    }));
  return { steps, declarations: [...declarations, ...modules(gone, before, 'removed'), ...modules(come, after, 'added')] };
}

/** Files but the first of which nothing is declared in the other revision. */
function onlyThere(texts: readonly DeclaredText[], other: readonly DeclaredText[]): ReadonlySet<SourceFile> {
  const names = new Set(other.map((d) => d.name));
  const shared = new Set(texts.flatMap((d, i) => (i === 0 || names.has(d.name) ? [d.file] : [])));
  return new Set(texts.flatMap((d) => (shared.has(d.file) ? [] : [d.file])));
}

function compareDeclared(before: readonly DeclaredText[], after: readonly DeclaredText[]): { readonly steps: readonly TextChange[]; readonly declarations: readonly TextChange[] } {
  const old = new Map(before.map((d) => [d.name, d]));
  const present = new Set(after.map((d) => d.name));
  const whole = (d: DeclaredText, kind: 'added' | 'removed'): TextChange => ({
    name: d.name, kind, lines: d.lines.map((text) => ({ kind: kind === 'added' ? 'gained' : 'lost', text })),
  });
  const changes = [
    ...after.flatMap((d): { readonly d: DeclaredText; readonly change: TextChange }[] => {
      const was = old.get(d.name);
      if (was === undefined) return [{ d, change: whole(d, 'added') }];
      if (compact(was.lines.join('\n')) === compact(d.lines.join('\n'))) return [];
      return [{ d, change: { name: d.name, kind: 'changed', lines: compareLines(was.lines, d.lines) } }];
    }),
    ...before.filter((d) => !present.has(d.name)).map((d) => ({ d, change: whole(d, 'removed') })),
  ];
  return { steps: changes.filter(({ d }) => d.isCode).map((c) => c.change), declarations: changes.filter(({ d }) => !d.isCode).map((c) => c.change) };
}

/** The text with blanks only where two words would become one. */
export const compact = (text: string): string => text.replace(/\s+/g, ' ').replace(/(?<!\w) | (?!\w)/g, '');

/** Lines that are alike but for their blanks are kept. */
export function compareLines(before: readonly string[], after: readonly string[]): readonly LineChange[] {
  let [i, j] = [0, 0];
  return lineFates(before.map(compact), after.map(compact)).map((kind): LineChange => {
    if (kind === 'kept') i++;
    return { kind, text: kind === 'lost' ? before[i++]! : after[j++]! };
  });
}
