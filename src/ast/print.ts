// The canonical text of a file, for `heddle fmt`. Printing what was printed changes nothing, and the tree of the text stays the same.

import type { SourceFile, Span } from '../base/span.js';
import { unreachable } from '../base/unreachable.js';
import type { CheckItem, Declaration, Expect, Field, File, Name, Parameter } from './nodes.js';
import { bracketed, definition, printExpr, printPath, printType } from './print/expression.js';
import { all, choice, type Doc, group, hardline, indent, layOut, line, separated } from './print/layout.js';
import { SourceNotes } from './print/source.js';
import { braces, printBlock, printBody, printVariable } from './print/statement.js';

/**
 * Prints a file that was read without errors. Lines are 100 columns wide where they can be broken (at `&&`, `||`, `=>`, in lists).
 * Comments keep their place and blank lines are kept, at most one at a time.
 */
export function print(file: File, source: SourceFile): string {
  const notes = new SourceNotes(file, source);
  const lines = notes.lines(file.declarations, Infinity, (d) => printDeclaration(d, notes));
  const text = layOut(all(...lines), (c) => notes.columnOf(c));
  return text === '\n' ? '' : text;
}

function printDeclaration(d: Declaration, notes: SourceNotes): Doc {
  switch (d.kind) {
    case 'spec':
      return `spec ${d.name.text}`;
    case 'steps':
      return `steps ${d.grain}`;
    case 'import':
      return printImport(d, notes);
    case 'const':
      return all(`const ${d.name.text}: `, printType(d.type, notes), d.value ? all(' = ', printExpr(d.value, notes)) : '');
    case 'enum':
      return printEnum(d.name, d.members, d.span, notes);
    case 'type':
      return d.definition ? all(`type ${d.name.text} = `, printType(d.definition, notes)) : `abstract type ${d.name.text}`;
    case 'record':
      return all(`record ${d.name.text} `, printFields(d.fields, d.name.span, d.span, notes));
    case 'pool':
      return all(
        `pool ${d.name.text}[`, printExpr(d.size, notes), `]${d.reuse ? ' reuse' : ''}${d.noleak ? ' noleak' : ''} `,
        printFields(d.fields, d.size.span, d.span, notes),
      );
    case 'extend':
      return all(`extend pool ${printPath(d.pool)} `, printFields(d.fields, d.pool.span, d.span, notes));
    case 'var':
      return all(d.ghost ? 'ghost ' : '', printVariable(d, notes));
    case 'init':
      return all('init ', printBlock(d.body, notes));
    case 'context':
      return all(`context ${d.name.text}: `, printType(d.type, notes));
    case 'def':
      return all(`def ${d.name.text}`, printParameters(d.parameters, notes), printResult(d, notes), definition(d.value, notes));
    case 'macro':
      return all(`macro ${d.name.text}(${d.parameters.map((p) => p.text).join(', ')}) `, printBlock(d.body, notes));
    case 'procedure':
      return all(
        `${d.body ? '' : 'abstract '}${d.observable ? 'observable ' : ''}${d.atomic ? 'atomic ' : ''}procedure ${d.name.text}`,
        printParameters(d.parameters, notes), printResult(d, notes), d.body ? all(' ', printBody(d.body, notes)) : '',
      );
    case 'process':
      return printProcess(d, notes);
    case 'invariant':
      return all(
        `${d.step ? 'step ' : ''}invariant ${d.name.text}`,
        d.formula.kind === 'never' ? ` = never ${printPath(d.formula.error)}` : definition(d.formula.expr, notes),
      );
    case 'property':
      return all(`property ${d.name.text}`, definition(d.formula, notes));
    case 'check':
      return all(`check ${d.name.text} ${d.manual ? 'manual ' : ''}`, braces(d.items, { start: d.name.span.end, end: d.span.end }, notes, (i) => printItem(i, notes)));
    case 'expect':
      return printExpect(d.expect);
    default:
      return unreachable(d);
  }
}

function printImport(d: Extract<Declaration, { kind: 'import' }>, notes: SourceNotes): Doc {
  const head = `import "${d.path}"${d.alias ? ` as ${d.alias.text}` : ''}`;
  if (d.bindings.length === 0) return head;
  const bindings = d.bindings.map((b, i) => {
    const { ends, own } = notes.between(b.span.start);
    const binding = all(`${b.name.text} = `, printExpr(b.value, notes));
    return all(i === 0 ? '' : ',', ends, own ? all(own, hardline) : line, binding);
  });
  return group(`${head} with`, indent(...bindings));
}

/** Members one below the other where the first did not stand behind the brace. */
function printEnum(name: Name, members: readonly Name[], span: Span, notes: SourceNotes): Doc {
  if (notes.onOneLine(span) || members.length === 0) return all(`enum ${name.text} `, bracketed('{', members, '}', notes, (m) => m.text, line));
  const last = members.length - 1;
  return all(`enum ${name.text} `, braces(members, { start: name.span.end, end: span.end }, notes, (m, i) => `${m.text}${i < last ? ',' : ''}`));
}

/** Fields are separated by commas on one line and by nothing below each other. */
function printFields(fields: readonly Field[], head: Span, whole: Span, notes: SourceNotes): Doc {
  const field = (f: Field): Doc => all(`${f.name.text}: `, printType(f.type, notes), f.initial ? all(' = ', printExpr(f.initial, notes)) : '');
  const span = { start: head.end, end: whole.end };
  if (!notes.onOneLine(span) || fields.length === 0) return braces(fields, span, notes, field);
  return group('{', indent(line, separated(all(choice('', ','), line), fields.map(field))), line, '}');
}

const printParameters = (parameters: readonly Parameter[], notes: SourceNotes): Doc =>
  bracketed('(', parameters, ')', notes, (p) => all(`${p.inout ? 'inout ' : ''}${p.name.text}: `, printType(p.type, notes)));

const printResult = (d: Extract<Declaration, { kind: 'def' | 'procedure' }>, notes: SourceNotes): Doc => (d.result ? all(': ', printType(d.result, notes)) : '');

/** As many to a line as fit. */
function filled(names: readonly string[]): Doc {
  const last = names.length - 1;
  return indent(...names.map((name, i) => group(i === 0 ? '' : line, i < last ? `${name},` : name)));
}

function printProcess(d: Extract<Declaration, { kind: 'process' }>, notes: SourceNotes): Doc {
  const fairness = { none: '', weak: 'fair ', strong: 'fair+ ' }[d.fairness];
  return all(
    `${fairness}process ${d.name.text}`,
    d.parameter ? all(`(${d.parameter.name.text} in `, printExpr(d.parameter.set, notes), ')') : '',
    d.interrupts ? all(' interrupts ', printExpr(d.interrupts, notes)) : '',
    ' ', printBody(d.body, notes),
  );
}

const printExpect = (e: Expect): Doc => `expect ${printPath(e.property)} ${e.verdict}`;

function printItem(i: CheckItem, notes: SourceNotes): Doc {
  switch (i.kind) {
    case 'const':
      return all(`${printPath(i.name)} = `, printExpr(i.value, notes));
    case 'only':
      return all('only ', filled(i.properties.map(printPath)));
    case 'expect':
      return printExpect(i.expect);
    default:
      return unreachable(i);
  }
}
