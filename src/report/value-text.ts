// Values of traces as the user would write them: READY, cb#0, {1, 2}, <<1>>, [0 -> null].
// Plain data does not tell a set from a sequence; the trace's shapes do. Without one an array is shown in brackets.

import type { Json, Shape, StepData, TraceData } from '../checker/outcome.js';

/** The text of a value. */
export function valueText(value: Json, shape: Shape = 'scalar'): string {
  if (value === null || typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return arrayText(value as readonly Json[], shape);
  const fields = typeof shape === 'object' && shape.kind === 'record' ? shape.fields : {};
  const parts = Object.entries(value).map(([name, field]) => `${name}: ${valueText(field, fields[name])}`);
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}

function arrayText(items: readonly Json[], shape: Shape): string {
  if (shape === 'scalar' || shape.kind === 'record') return `[${items.map((item) => valueText(item)).join(', ')}]`;
  if (shape.kind === 'map') {
    const pairs = items.map((item) => (Array.isArray(item) ? `${valueText(item[0], shape.key)} -> ${valueText(item[1], shape.value)}` : valueText(item)));
    return `[${pairs.join(', ')}]`;
  }
  const elements = items.map((item) => valueText(item, shape.element)).join(', ');
  return shape.kind === 'set' ? `{${elements}}` : `<<${elements}>>`;
}

/** What a step did to its variables, one text each: `slot[0]: null -> cb#0`; the process's own locals without its name. */
export function changeTexts({ process, changes }: Pick<StepData, 'process' | 'changes'>, shapes: TraceData['shapes']): readonly string[] {
  return Object.entries(changes).map(([path, [before, after]]) => {
    const name = path.startsWith(`${process}.`) ? path.slice(process.length + 1) : path;
    return `${name}: ${valueText(before, shapes?.[path])} -> ${valueText(after, shapes?.[path])}`;
  });
}

/** Equal as plain data. */
export const sameValue = (a: Json | undefined, b: Json | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);
