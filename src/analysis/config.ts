// What is to be checked: the `check` blocks of the entry file and its `expect` lines.

import type { CheckItem, Expect, Path } from '../ast/nodes.js';
import type { Location } from '../base/span.js';
import { GLOBAL_ERRORS, POOL_ERRORS } from '../core/errors.js';
import type { Context, Override } from './context.js';
import { locate, type Instance, type Modules } from './modules.js';
import type { Program } from './program.js';
import { nearest } from '../base/suggest.js';
import type { DeclarationOf } from './symbols.js';

export type Expected = 'holds' | 'violated';

/** One configuration to run. */
export interface CheckConfig {
  readonly name: string;
  readonly manual: boolean;
  readonly at: Location;
  /** Names of the constants that it sets. */
  readonly constants: readonly string[];
  /** Names of the properties it is restricted to; absent: all. */
  readonly only?: readonly string[];
  /** What is expected of properties by name, `expect` lines of the file included; others are expected to hold. */
  readonly expected: ReadonlyMap<string, Expected>;
}

export const nameOfPath = (path: Path): string => path.parts.map((p) => p.text).join('.');

const checksOf = ({ tree }: Pick<Instance, 'tree'>): readonly DeclarationOf<'check'>[] => tree.declarations.flatMap((d) => (d.kind === 'check' ? [d] : []));

const itemsOf = <K extends CheckItem['kind']>(check: DeclarationOf<'check'>, kind: K): readonly (CheckItem & { kind: K })[] =>
  check.items.filter((i): i is CheckItem & { kind: K } => i.kind === kind);

/** Every `check` block of the entry file, or one called `default` for a file without any. */
export function checkConfigs(entry: Pick<Instance, 'source' | 'tree'>): readonly CheckConfig[] {
  const common = entry.tree.declarations.flatMap((d) => (d.kind === 'expect' ? [d.expect] : []));
  const expectations = (own: readonly Expect[]): ReadonlyMap<string, Expected> => new Map([...common, ...own].map((e) => [nameOfPath(e.property), e.verdict]));
  const checks = checksOf(entry);
  if (checks.length === 0) return [{ name: 'default', manual: false, at: locate(entry.source, { start: 0, end: 0 }), constants: [], expected: expectations([]) }];
  return checks.map((c): CheckConfig => {
    const only = itemsOf(c, 'only').flatMap((i) => i.properties.map(nameOfPath));
    return {
      name: c.name.text,
      manual: c.manual,
      at: locate(entry.source, c.name.span),
      constants: itemsOf(c, 'const').map((i) => nameOfPath(i.name)),
      ...(only.length === 0 ? {} : { only }),
      expected: expectations(itemsOf(c, 'expect').map((i) => i.expect)),
    };
  });
}

/** The constants that a check block sets, and over them those of the call. */
export function overridesFor(modules: Modules, check: string | undefined, given: ReadonlyMap<string, string>): ReadonlyMap<string, Override> {
  const { entry } = modules;
  const overrides = new Map<string, Override>();
  const block = checksOf(entry).find((c) => c.name.text === check);
  for (const item of block === undefined ? [] : itemsOf(block, 'const')) overrides.set(nameOfPath(item.name), { kind: 'expr', expr: item.value, instance: entry, check: check! });
  for (const [name, text] of given) overrides.set(name, { kind: 'text', text });
  return overrides;
}

/** Names of constants that a spec has, as `--const` knows them. */
export function constantNames(ctx: Pick<Context, 'modules' | 'settingNames'>): readonly string[] {
  return ctx.modules.instances.flatMap((i) => [...i.own.values()].flatMap((s) => (s.kind === 'const' ? ctx.settingNames(s) : [])));
}

/** Reports check blocks that name constants or properties which do not exist. */
export function validateChecks(ctx: Context, program: Program): void {
  const { entry } = ctx.modules;
  const constants = new Set(constantNames(ctx));
  const properties = propertyNames(program);
  const seen = new Map<string, Location>();
  const near = (name: string, known: ReadonlySet<string>): string | undefined => [...known].filter((k) => k.endsWith(`.${name}`)).join("' or '") || nearest(name, known);
  const property = (path: Path): void => {
    const name = nameOfPath(path);
    if (!properties.has(name)) ctx.report('check/unknown-property', locate(entry.source, path.span), { name, near: near(name, properties) });
  };
  const common = oncePerScope(ctx, entry);
  for (const d of entry.tree.declarations) {
    if (d.kind === 'expect') {
      property(d.expect.property);
      common(d.expect.property, d.expect.verdict);
    }
    if (d.kind !== 'check') continue;
    const at = locate(entry.source, d.name.span);
    const before = seen.get(d.name.text);
    if (before !== undefined) ctx.report('check/twice', at, { name: d.name.text }, [{ at: before, message: 'the first one' }]);
    seen.set(d.name.text, at);
    const own = oncePerScope(ctx, entry);
    for (const item of d.items) {
      if (item.kind === 'only') item.properties.forEach(property);
      else if (item.kind === 'expect') {
        property(item.expect.property);
        own(item.expect.property, item.expect.verdict);
      } else {
        own(item.name);
        const name = nameOfPath(item.name);
        if (!constants.has(name)) ctx.report('check/unknown-constant', locate(entry.source, item.name.span), { name, near: near(name, constants) });
      }
    }
  }
}

/** Reports a constant that is set twice, and a property of which two things are expected. */
function oncePerScope(ctx: Context, { source }: Modules['entry']): (path: Path, verdict?: Expected) => void {
  const seen = new Map<string, { readonly verdict: Expected | undefined; readonly at: Location }>();
  return (path, verdict) => {
    const name = nameOfPath(path);
    const at = locate(source, path.span);
    const before = seen.get(name);
    if (before !== undefined && (verdict === undefined || before.verdict !== verdict)) {
      ctx.report('check/contradiction', at, { name, what: verdict === undefined ? 'set twice' : 'expected to hold and to be violated' }, [{ at: before.at, message: 'the first time' }]);
    }
    seen.set(name, { verdict, at });
  };
}

/** Everything that `expect`, `only` and `--property` may name. */
export function propertyNames(program: Program): ReadonlySet<string> {
  return new Set([
    ...program.properties.map((p) => p.name),
    'deadlock',
    ...GLOBAL_ERRORS,
    ...program.pools.flatMap((pool) => POOL_ERRORS.filter((e) => e !== 'leak' || pool.noleak).map((e) => `${pool.name}.${e}`)),
  ]);
}

