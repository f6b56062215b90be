// Plain data in which every value that occurs more than once is written once: traces of one spec have thousands of steps, and among them
// the same few places, calls and values. Equal values become one by their text (hash consing; Filliâtre and Conchon, 2006).

/** What JSON can hold. */
type Plain = null | boolean | number | string | readonly Plain[] | { readonly [name: string]: Plain | undefined };

export interface SharedValues {
  /** Values that occur more than once. Each refers to earlier ones only. */
  readonly table: readonly Plain[];
  readonly root: Plain;
}

/** Begins a text that stands for an entry of the table: `~12`. A text that begins so itself has one more of it. */
const MARK = '~';

/** Shorter values are not worth a reference. */
const WORTHWHILE = 8;

/** Takes out what occurs more than once. What `undefined` stands at is left out, as JSON does. */
export function shareValues(value: unknown): SharedValues {
  const plain = JSON.parse(JSON.stringify(value)) as Plain;
  const { texts, times } = occurrences(plain);
  const table: Plain[] = [];
  const references = new Map<string, string>();
  const inside = (part: Plain): Plain => {
    if (typeof part === 'string') return part.startsWith(MARK) ? `${MARK}${part}` : part;
    if (typeof part !== 'object' || part === null) return part;
    return isList(part) ? part.map(written) : Object.fromEntries(Object.entries(part).map(([name, field]) => [name, written(field!)]));
  };
  const written = (part: Plain): Plain => {
    const text = typeof part === 'object' && part !== null ? texts.get(part)! : JSON.stringify(part);
    if (text.length < WORTHWHILE || times.get(text)! < 2) return inside(part);
    const known = references.get(text);
    if (known !== undefined) return known;
    const entry = inside(part);
    const reference = `${MARK}${table.push(entry) - 1}`;
    references.set(text, reference);
    return reference;
  };
  const root = written(plain);
  return { table, root };
}

/** The text of each list and record, and how often each text would be written if equal values were one. */
function occurrences(plain: Plain): { readonly texts: ReadonlyMap<object, string>; readonly times: ReadonlyMap<string, number> } {
  const texts = new Map<object, string>();
  const times = new Map<string, number>();
  const textOf = (part: Plain): string => {
    if (typeof part !== 'object' || part === null) return JSON.stringify(part);
    const text = isList(part) ? `[${part.map(textOf).join()}]` : `{${Object.entries(part).map(([name, field]) => `${JSON.stringify(name)}:${textOf(field!)}`).join()}}`;
    texts.set(part, text);
    return text;
  };
  const counted = (part: Plain): void => {
    const text = typeof part === 'object' && part !== null ? texts.get(part)! : JSON.stringify(part);
    const before = times.get(text) ?? 0;
    times.set(text, before + 1);
    if (before === 0 && typeof part === 'object' && part !== null) Object.values(part).forEach((inner) => counted(inner as Plain));
  };
  textOf(plain);
  counted(plain);
  return { texts, times };
}

/** The data as they were; equal values are one object now. */
export function unshareValues({ table, root }: SharedValues): unknown {
  const whole: Plain[] = [];
  const read = (part: Plain): Plain => {
    if (typeof part === 'string') return !part.startsWith(MARK) ? part : part.startsWith(MARK + MARK) ? part.slice(1) : whole[Number(part.slice(1))]!;
    if (typeof part !== 'object' || part === null) return part;
    return isList(part) ? part.map(read) : Object.fromEntries(Object.entries(part).map(([name, field]) => [name, read(field!)]));
  };
  for (const entry of table) whole.push(read(entry));
  return read(root);
}

const isList = (part: Plain): part is readonly Plain[] => Array.isArray(part);
