// The finite types of the language, after every constant has a value. Two types are the same when `sameType` says so;
// named types carry a name that is unique in the program (instances of a module have names of their own).

/** Every type is finite: `cardinality` counts its values and `bitsOf` says how many bits hold one. */
export type Type =
  | BoolType
  | RangeType
  | EnumType
  | RecordType
  | RefType
  | PidType
  | NullableType
  | MapType
  | SetType
  | SeqType;

export interface BoolType {
  readonly kind: 'bool';
}
/** Integers from lo to hi, both included. Also the type of an integer expression: the interval its value lies in. */
export interface RangeType {
  readonly kind: 'range';
  readonly lo: number;
  readonly hi: number;
}
export interface EnumType {
  readonly kind: 'enum';
  readonly name: string;
  readonly members: readonly string[];
}
export interface RecordType {
  readonly kind: 'record';
  readonly name: string;
  readonly fields: readonly { readonly name: string; readonly type: Type }[];
}
/** A reference to an object of a pool: the slot number 0 … size-1. */
export interface RefType {
  readonly kind: 'ref';
  readonly pool: string;
  readonly size: number;
}
/** A process instance: its number in the program. `names` is filled once the processes are known ("task[0]", …). */
export interface PidType {
  readonly kind: 'pid';
  readonly names: readonly string[];
}
/** `of` or null. Never nested. The type of a bare `null` is nullable of a range without values (`nothing`). */
export interface NullableType {
  readonly kind: 'nullable';
  readonly of: Type;
}
export interface MapType {
  readonly kind: 'map';
  readonly key: Type;
  readonly value: Type;
}
export interface SetType {
  readonly kind: 'set';
  readonly of: Type;
}
export interface SeqType {
  readonly kind: 'seq';
  readonly of: Type;
  readonly max: number;
}

export const bool: BoolType = { kind: 'bool' };
export const range = (lo: number, hi: number): RangeType => ({ kind: 'range', lo, hi });
export const nullable = (of: Type): NullableType => (of.kind === 'nullable' ? of : { kind: 'nullable', of });
/** The empty range: the element type of `{}` and `<<>>`, and what `null` is nullable of. */
export const nothing: RangeType = range(1, 0);
export const isNothing = (t: Type): boolean => t.kind === 'range' && t.lo > t.hi;
