// Values of the finite types, as plain data.
//
//   bool                boolean
//   range               the number
//   enum, ref, pid      number: index of the member, slot of the object, number of the process
//   nullable            null, or the value
//   record, map, seq    array: fields in order; values in the order of their keys' ordinals; elements
//   set                 array of its elements, in the order of their ordinals, each once
//
// Values are immutable: an update makes a new array.

export type Value = boolean | number | null | readonly Value[];

/** Structural equality; both values are of one type. */
export function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!sameValue(a[i] as Value, b[i] as Value)) return false;
  return true;
}
