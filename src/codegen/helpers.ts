// What every generated module has: room for successors, copies of states, marks of coverage, errors. Steps, which are parts of their own,
// get these functions from `env`.

/** The names of those that steps use. */
export const HELPERS = ['stack', 'advance', 'room', 'copy', 'save', 'restore', 'again', 'forgetSaved', 'tick', 'cover', 'noted', 'failed', 'erred'];

/**
 * @param words of a state
 * @param stateArguments what the function of a process is called with, for the state at A[a]
 */
export function helpersOf(words: number, stateArguments: string): readonly string[] {
  const each = (line: (i: number) => string, loop: string): readonly string[] => (words <= 16 ? Array.from({ length: words }, (_, i) => `  ${line(i)}`) : [`  for (let i = 0; i < ${words}; i++) ${loop}`]);
  const plus = (name: string, i: number): string => (i === 0 ? name : `${name} + ${i}`);
  return [
    'const stack = [];',
    '// The states at the choices that are under way, one behind the other; as many words are in use.',
    `let saved = new Int32Array(${16 * words}), used = 0;`,
    'let out, notes, limit = 0, muted = false;',
    'function begin(target) { out = target; notes = target.notes; limit = target.words.length; }',
    `function advance(q) { q += ${words}; return q + ${words} > limit ? full(q) : q; }`,
    'function room() { return out.words; }',
    'function full(q) { out.used = q; out.onFull(out); limit = out.words.length; return out.used; }',
    'function copy(S, b, O, q) {',
    ...each((i) => `O[${plus('q', i)}] = S[${plus('b', i)}];`, 'O[q + i] = S[b + i];'),
    '}',
    `function same(S, b, O, q) { for (let i = 0; i < ${words}; i++) if (S[b + i] !== O[q + i]) return false; return true; }`,
    'function save(O, q) {',
    `  if (used + ${words} > saved.length) { const more = new Int32Array(2 * saved.length); more.set(saved); saved = more; }`,
    ...each((i) => `saved[${plus('used', i)}] = O[${plus('q', i)}];`, 'saved[used + i] = O[q + i];'),
    `  used += ${words};`,
    '}',
    'function again(O, q) {',
    `  const from = used - ${words};`,
    ...each((i) => `O[${plus('q', i)}] = saved[${plus('from', i)}];`, 'O[q + i] = saved[from + i];'),
    '}',
    `function forgetSaved() { used -= ${words}; }`,
    'function restore(O, q) { again(O, q); forgetSaved(); }',
    '// A step can have very many ways that lead nowhere.',
    'let ticks = 0;',
    'function tick() { if (++ticks > 4096) { ticks = 0; out.onPoll(); } }',
    '// Tells which sites need not be told of again: none, where they are counted.',
    'function cover(passed, table) {',
    '  if (muted) return 0;',
    '  for (let i = 0; i < table.length; i++) if (passed >>> i & 1) { sites[table[i]] = 1; if (counts !== undefined) counts[table[i]]++; }',
    '  return counts === undefined ? passed : 0;',
    '}',
    'function noted(mask, table, to) { for (let i = 0; i < table.length; i++) if (mask >>> i & 1) notes.push(table[i], to); }',
    'function failed(e) {',
    "  if (typeof e !== 'number') throw e;",
    '  const properties = errors[e];',
    '  for (let i = 1; i < properties.length; i++) notes.push(properties[i], -1);',
    '  notes.push(properties[0], -2);',
    '  out.errors++;',
    '}',
    'function erred(e, passed, table) { failed(e); cover(passed, table); }',
    '// Runs the steps of a process for nothing but to see whether there is one.',
    'function canMove(steps, A, a) {',
    '  const [target, was] = [out, muted];',
    '  begin(env.scratch());',
    '  muted = true;',
    `  const moved = steps(${stateArguments}, out.words, 0) > 0 || out.used > 0 || out.errors > 0;`,
    '  muted = was;',
    '  if (target !== undefined) begin(target);',
    '  return moved;',
    '}',
  ];
}

