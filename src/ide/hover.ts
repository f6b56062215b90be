// What a hover shows: the declaration, its type as the analysis knows it and the bits that it takes, its comment; of a label or the
// beginning of a step, what the step reads and writes.

import type { Location, SourceFile, Span } from '../base/span.js';
import { bitsOf, showType, type Type } from '../core/type.js';
import { showValue } from '../core/value.js';
import { docOf, KIND_NAMES, signature } from './describe.js';
import { factsOf, modelWith, programOf, typeOf } from './facts.js';
import { stepsIn, type Step } from './steps.js';
import type { Sym } from './symbols.js';
import { useAt, usesIn } from './uses.js';
import { BUILTIN_FUNCTIONS, WORDS } from './words.js';
import { moduleOf, type World } from './world.js';

export interface Hover {
  readonly span: Span;
  /** Source lines to be shown as Heddle. */
  readonly code: string;
  /** Paragraphs in Markdown. */
  readonly text: readonly string[];
}

export function hover(world: World, file: SourceFile, offset: number): Hover | undefined {
  const use = useAt(usesIn(world, moduleOf(file)), offset);
  const [first, ...rest] = use?.symbols ?? [];
  if (use === undefined || first === undefined) return wordHover(file, offset);
  const more = rest.length === 0 ? [] : [`and ${rest.length} more of this name`];
  return { span: use.span, code: signature(first), text: [...facts(world, file, first), ...more] };
}

function facts(world: World, file: SourceFile, s: Sym): readonly string[] {
  const known = factsOf(world, file);
  const type = typeOf(known, s);
  const lines: string[] = [];
  if (type !== undefined) lines.push(`${KIND_NAMES[s.kind]} of type \`${showType(type)}\`, ${bitsText(type)}`);
  else if (s.kind !== 'label') lines.push(`${KIND_NAMES[s.kind]}${s.container && s.kind !== 'field' ? ` of \`${s.container.name}\`` : ''}`);
  const program = programOf(known);
  const declares = ({ at }: { readonly at: Location }): boolean => at.file.path === s.file.path && at.start === s.at.start;
  // Instances of a module may differ.
  const values = new Set(program?.constants.filter(declares).map((c) => `\`${showValue(c.type, c.value)}\``));
  if (values.size > 0) lines.push(`value ${[...values].join(' or ')}`);
  const pool = program?.pools.find(declares);
  if (pool !== undefined) {
    const bits = pool.fields.reduce((sum, f) => sum + bitsOf(f.variable.type), 1);
    lines.push(`${countOf(pool.size, 'slot')} of ${countOf(bits, 'bit')}`);
  }
  if (s.kind === 'label') lines.push(...stepFacts(world, file, s));
  const doc = docOf(s);
  if (doc !== undefined) lines.push(doc);
  if (s.target !== undefined) lines.push(`\`${s.target.path}\``);
  return lines;
}

const countOf = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

function bitsText(type: Type): string {
  const bits = bitsOf(type);
  return Number.isFinite(bits) ? countOf(bits, 'bit') : 'too large for a state';
}

/** The step that a label names. */
function stepFacts(world: World, file: SourceFile, label: Sym): readonly string[] {
  const model = modelWith(world, file, true) ?? modelWith(world, label.file, true);
  const step = model && stepsIn(model, label.file).get(startOfStep(label));
  if (step === undefined) return model === undefined ? [] : ['It names a step that is made together with what stands before it: no state stops here.'];
  return [stepText(step)];
}

export function stepText(step: Step): string {
  const list = (names: readonly string[]): string => (names.length === 0 ? 'nothing shared' : names.map((n) => `\`${n}\``).join(', '));
  const copies = step.copies > 1 ? `; ${step.copies} inlined copies` : '';
  return `A step of \`${step.process}\`${step.waits ? ' that may wait' : ''}: reads ${list(step.reads)}; writes ${list(step.writes)}${copies}.`;
}

/** Steps are known by their statements; the statement of a label begins with it. */
const startOfStep = (label: Sym): number => label.whole.start;

function wordHover(file: SourceFile, offset: number): Hover | undefined {
  const span = wordAt(file.text, offset);
  const word = span && file.text.slice(span.start, span.end);
  if (span === undefined || word === undefined || inComment(file, offset)) return undefined;
  const builtin = Object.hasOwn(BUILTIN_FUNCTIONS, word) && (word !== 'in' || file.text[span.end] === '(') ? BUILTIN_FUNCTIONS[word] : undefined;
  if (builtin !== undefined) return { span, code: `${word}(${builtin.parameters.join(', ')}): ${builtin.result}`, text: [builtin.about] };
  const about = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
  return about === undefined ? undefined : { span, code: word, text: [about] };
}

const inComment = (file: SourceFile, offset: number): boolean => moduleOf(file).tree.comments.some((c) => c.span.start < offset && offset <= c.span.end);

/** The word around an offset. */
export function wordAt(text: string, offset: number): Span | undefined {
  const isWord = (c: string | undefined): boolean => c !== undefined && /[A-Za-z0-9_]/.test(c);
  let start = offset;
  let end = offset;
  while (start > 0 && isWord(text[start - 1])) start--;
  while (isWord(text[end])) end++;
  return start === end ? undefined : { start, end };
}
