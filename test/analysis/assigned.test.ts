// Locals of a pool type: assigned on every way to a read, whichever jumps lead there.
import { test } from 'vitest';
import { expectDiagnostics } from './diagnose.js';

const body = (...lines: readonly string[]): string =>
  ['pool P[2] { v: bool = false }', 'var c: bool = false', 'procedure make(inout r: P) { r := new P { } }', 'process q { var s: P = null_free()', '  make(s) }', 'procedure null_free(): P {', '  var n: P', '  n := new P { }', '  return n', '}', 'process p {', '  var a: P', ...lines, '  await c', '}', ''].join('\n');

test('a local that every way assigns may be read', () => {
  expectDiagnostics(body('  if c { a := new P { } } else { a := new P { v: true } }', '  touch a'));
  expectDiagnostics(body('  either { a := new P { } } or { a := new P { v: true } }', '  touch a'));
  expectDiagnostics(body('  if c { goto out }', '  a := new P { }', '  touch a', '  out: skip'));
});

test('what is assigned before a break is assigned behind the loop', () => {
  expectDiagnostics(body('  loop {', '    a := new P { }', '    break', '  }', '  touch a'));
  expectDiagnostics(body('  loop {', '    if c { continue }', '    a := new P { }', '    touch a', '    break', '  }', '  touch a'));
});

test('one break that comes before the assignment is enough for an error', () => {
  expectDiagnostics(body('  loop {', '    if c { break }', '    a := new P { }', '    break', '  }', '  touch a', '//      ^ flow/unassigned: \'a\' may be read'));
});

test('the body of a while may be left out', () => {
  expectDiagnostics(body('  while c { a := new P { } }', '  touch a', '//      ^ flow/unassigned'));
});

test('a goto around the assignment is seen', () => {
  expectDiagnostics(body('  if c { goto out }', '  a := new P { }', '  out: touch a', '//           ^ flow/unassigned'));
});

test('a goto back keeps what is assigned, and one that leads before the assignment does no harm', () => {
  expectDiagnostics(body('  a := new P { }', '  again: touch a', '  if c { goto again }'));
  expectDiagnostics(body('  again: a := new P { }', '  touch a', '  if c { goto again }'));
});

test('passing by inout is a read, and is said once', () => {
  expectDiagnostics(body('  make(a)', '//     ^ flow/unassigned', '  touch a'));
});
