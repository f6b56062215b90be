// Inlay hints: types that are not written, and a mark where each atomic step begins.

import type { SourceFile, Span } from '../base/span.js';
import { showType } from '../core/type.js';
import { factsOf, modelWith, typeOf } from './facts.js';
import { stepText } from './hover.js';
import { stepsIn } from './steps.js';
import { usesIn } from './uses.js';
import { moduleOf, type World } from './world.js';

export interface Hint {
  readonly at: number;
  readonly label: string;
  readonly kind: 'type' | 'step';
  readonly tooltip?: string;
}

export const STEP_MARK = '▸';

/** `mayLower`: steps are shown even where that takes lowering first; else where it has been done. */
export function hints(world: World, file: SourceFile, within: Span, mayLower = true): readonly Hint[] {
  const inside = (offset: number): boolean => within.start <= offset && offset <= within.end;
  return [...typeHints(world, file), ...stepHints(world, file, mayLower)].filter((h) => inside(h.at)).sort((a, b) => a.at - b.at);
}

function typeHints(world: World, file: SourceFile): readonly Hint[] {
  const facts = factsOf(world, file);
  return usesIn(world, moduleOf(file)).list.flatMap((u): readonly Hint[] => {
    const [s] = u.symbols;
    if (u.access !== 'declare' || s === undefined || s.type !== undefined || (s.kind !== 'local' && s.kind !== 'bound' && s.kind !== 'variable' && s.kind !== 'ghost')) return [];
    const type = typeOf(facts, s);
    return type === undefined ? [] : [{ at: u.span.end, label: `: ${showType(type)}`, kind: 'type' }];
  });
}

function stepHints(world: World, file: SourceFile, mayLower: boolean): readonly Hint[] {
  const model = modelWith(world, file, mayLower);
  if (model === undefined) return [];
  return [...stepsIn(model, file).values()].map((s): Hint => ({ at: s.at.start, label: STEP_MARK, kind: 'step', tooltip: `${s.name}: ${stepText(s)}` }));
}
