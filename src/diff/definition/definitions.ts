// The definitions of one revision's properties against those of the revision before: by their normal forms, and where these differ by
// their values.

import type { Property } from '../../analysis/program.js';
import type { Expr } from '../../core/expr.js';
import { textAt } from '../../model/failure.js';
import { compact, declaredTexts, propertyText } from '../declarations.js';
import type { Definitions } from '../matrix.js';
import type { Definition } from '../result.js';
import { decide } from './decide.js';
import { normalForm } from './normal-form.js';
import { NotComparable, smallWorld, type Side } from './small-world.js';
import { compareTemporal } from './temporal.js';

export function compareDefinitions(before: Side, after: Side): Definitions {
  const old = new Map(before.program.properties.map((p) => [p.name, p]));
  const present = new Set(after.program.properties.map((p) => p.name));
  const gone = before.program.properties.filter((p) => !present.has(p.name));
  const found = new Map<string, Definition>();
  for (const p of after.program.properties) {
    const was = old.get(p.name);
    found.set(p.name, was === undefined ? { kind: 'added' } : compare({ side: before, property: was }, { side: after, property: p }));
  }
  // A property that came with the definition of one that went is that one under another name.
  for (const p of after.program.properties) {
    if (found.get(p.name)?.kind !== 'added') continue;
    const i = gone.findIndex((g) => g.kind === p.kind && formOf({ side: before, property: g }) === formOf({ side: after, property: p }));
    if (i < 0) continue;
    const [was] = gone.splice(i, 1);
    found.set(p.name, { kind: 'same', renamedFrom: was!.name, ...texts({ side: before, property: was! }, { side: after, property: p }) });
  }
  for (const p of gone) found.set(p.name, { kind: 'removed' });
  return found;
}

interface Declared {
  readonly side: Side;
  readonly property: Property;
}

function compare(before: Declared, after: Declared): Definition {
  const [a, b] = [before.property, after.property];
  if (formOf(before) === formOf(after)) return { kind: 'same', ...texts(before, after) };
  const differ = texts(before, after);
  const written = Object.keys(differ).length > 0 ? differ : { note: 'what it uses is defined otherwise' };
  if (a.kind !== b.kind) return { kind: 'changed', note: `it was ${KINDS[a.kind]} and is ${KINDS[b.kind]}`, ...differ };
  if (a.kind === 'assertion' || b.kind === 'assertion') return { kind: 'changed', note: 'other conditions are asserted, or in other places', ...differ };
  if (a.kind === 'builtin' || b.kind === 'builtin') return { kind: 'changed', note: 'it names another error', ...differ };
  try {
    return { ...decided({ side: before.side, formula: a.formula }, { side: after.side, formula: b.formula }, a.kind === 'temporal'), ...written };
  } catch (error) {
    if (!(error instanceof NotComparable)) throw error;
    // Written alike, down to what it uses: it means the same, for other bounds.
    if (sourceOf(before) === sourceOf(after)) return { kind: 'same' };
    return { kind: 'changed', ...written, note: error.message };
  }
}

const KINDS = { invariant: 'an invariant', 'step-invariant': 'a step invariant', temporal: 'a temporal property', assertion: 'an assertion', builtin: 'a built-in check' };

function decided(before: { readonly side: Side; readonly formula: Expr }, after: { readonly side: Side; readonly formula: Expr }, temporal: boolean): Definition {
  if (temporal) return compareTemporal(before, after);
  const { nowAllowed, nowForbidden, tried, sampled } = decide(smallWorld(before, after));
  const states = { ...(nowAllowed === undefined ? {} : { nowAllowed }), ...(nowForbidden === undefined ? {} : { nowForbidden }), tried };
  if (nowAllowed !== undefined && nowForbidden !== undefined) return { kind: 'changed', ...states };
  if (nowAllowed === undefined && nowForbidden === undefined) return { kind: 'same', ...states, ...(sampled ? { sampled } : {}) };
  // By samples only one direction is certain.
  const unsure = sampled ? { sampled } : {};
  return { kind: nowAllowed === undefined ? 'strengthened' : 'weakened', ...states, ...unsure };
}

/** The definition as written, with every `def` that it uses. */
function sourceOf({ side, property }: Declared): string {
  const defs = new Map(declaredTexts(side.files).flatMap((d) => (/\bdef \w+$/.test(d.name) ? [[d.name.replace(/^.*\bdef /, ''), d.lines.join('\n')] as const] : [])));
  const used = new Map<string, string>([['', propertyText(property.at.file, property.at.start) ?? '']]);
  for (const text of used.values()) for (const word of text.match(/\w+/g) ?? []) if (defs.has(word) && !used.has(word)) used.set(word, defs.get(word)!);
  return [...used].map(([name, text]) => `${name} ${compact(text)}`).join('\n');
}

const forms = new WeakMap<Property, string>();

/** Equal for definitions that mean the same beyond doubt. */
function formOf({ side, property }: Declared): string {
  let form = forms.get(property);
  if (form === undefined) forms.set(property, (form = makeForm(side, property)));
  return form;
}

function makeForm(side: Side, property: Property): string {
  switch (property.kind) {
    case 'invariant':
    case 'step-invariant':
    case 'temporal':
      return `${property.kind} ${normalForm(property.formula)}`;
    case 'builtin':
      return `never ${property.error}`;
    case 'assertion':
      return `assert ${assertionsOf(side, property.name).map(compact).join('; ')}`;
  }
}

/** `procedure: condition` for each place where the assertion stands. */
function assertionsOf({ model }: Side, name: string): readonly string[] {
  const found = model.families.flatMap((family) =>
    family.nodes.flatMap((node) => (node.op === 'assert' && node.property === name ? [`${family.frames[node.frame]!.procedure}: ${textAt(node.condition.at)}`] : [])),
  );
  return [...new Set(found)].sort();
}

/** Both definitions as written; nothing where they are written alike. */
function texts(before: Declared, after: Declared): { readonly before?: string; readonly after?: string } {
  const [a, b] = [before, after].map(({ side, property }) =>
    property.kind === 'assertion' ? assertionsOf(side, property.name).join('\n') : (propertyText(property.at.file, property.at.start) ?? textAt(property.at)),
  );
  return compact(a!) === compact(b!) ? {} : { before: a!, after: b! };
}
