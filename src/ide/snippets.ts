// What one writes again and again: declarations, statements and expressions with places to fill in. `${1:name}` marks a place in the
// way of the Language Server Protocol; the VS Code extension's snippets are made from this list too.

export interface Snippet {
  readonly label: string;
  readonly about: string;
  readonly body: readonly string[];
}

export const DECLARATIONS: readonly Snippet[] = [
  { label: 'spec', about: 'the name of the spec', body: ['spec ${1:name}'] },
  { label: 'import', about: 'names of another module', body: ['import "${1:./path}"'] },
  { label: 'import as', about: 'a module behind a prefix', body: ['import "${1:./path}" as ${2:m}'] },
  { label: 'const', about: 'a constant', body: ['const ${1:N}: ${2:1..4} = ${3:2}'] },
  { label: 'enum', about: 'a type of names', body: ['enum ${1:State} { ${2:IDLE}, ${3:BUSY} }'] },
  { label: 'type', about: 'another name for a type', body: ['type ${1:Cpu} = ${2:0..1}'] },
  { label: 'record', about: 'a value with fields', body: ['record ${1:Message} {', '  ${2:from}: ${3:0..1} = ${4:0}', '}'] },
  { label: 'pool', about: 'objects with a lifetime', body: ['pool ${1:Cb}[${2:2}] {', '  ${3:refcnt}: ${4:0..4} = ${5:1}', '}'] },
  { label: 'var', about: 'a shared variable', body: ['var ${1:x}: ${2:0..3} = ${3:0}'] },
  { label: 'ghost var', about: 'a history variable for properties', body: ['ghost var ${1:seen}: ${2:bool} = ${3:false}'] },
  { label: 'init', about: 'makes the initial states', body: ['init {', '  $0', '}'] },
  { label: 'context', about: 'a name that processes bind', body: ['context ${1:cpu}: ${2:Cpu}'] },
  { label: 'def', about: 'a pure expression', body: ['def ${1:is_free}(${2:i}: ${3:0..1}): ${4:bool} = $0'] },
  { label: 'procedure', about: 'statements with parameters', body: ['procedure ${1:name}(${2:i}: ${3:0..1}) {', '  $0', '}'] },
  { label: 'atomic procedure', about: 'a call of it is one step', body: ['atomic procedure ${1:name}(${2:i}: ${3:0..1}) {', '  $0', '}'] },
  { label: 'observable procedure', about: 'its calls are what diff compares', body: ['observable procedure ${1:name}(${2:i}: ${3:0..1}) {', '  $0', '}'] },
  { label: 'process', about: 'one process for each element of a set', body: ['process ${1:p}(${2:i} in ${3:0..1}) {', '  $0', '}'] },
  { label: 'fair process', about: 'a process that goes on while it can', body: ['fair process ${1:p}(${2:i} in ${3:0..1}) {', '  $0', '}'] },
  { label: 'process interrupts', about: 'an interrupt', body: ['process ${1:irq}(${2:c} in ${3:Cpu}) interrupts ${4:task}[${2:c}] {', '  $0', '}'] },
  { label: 'invariant', about: 'true in every reachable state', body: ['invariant ${1:Name} = $0'] },
  { label: 'step invariant', about: 'true of every step', body: ["step invariant ${1:Name} = ${2:x}' >= ${2:x}"] },
  { label: 'invariant never', about: 'gives a built-in check a name', body: ['invariant ${1:NoUseAfterFree} = never ${2:Cb}.use_after_free'] },
  { label: 'property', about: 'a temporal formula', body: ['property ${1:Name} = ${2:p} ~> ${3:q}'] },
  { label: 'check', about: 'a named configuration to run', body: ['check ${1:small} {', '  $0', '}'] },
  { label: 'expect', about: 'what is known to come out', body: ['expect ${1:Name} ${2|violated,holds|}'] },
  { label: 'steps label', about: "PlusCal's grain of atomicity", body: ['steps label'] },
];

export const STATEMENTS: readonly Snippet[] = [
  { label: 'if', about: 'statements under a condition', body: ['if ${1:condition} {', '  $0', '}'] },
  { label: 'if else', about: 'one or the other', body: ['if ${1:condition} {', '  $2', '} else {', '  $0', '}'] },
  { label: 'while', about: 'a loop with a condition', body: ['while ${1:condition} {', '  $0', '}'] },
  { label: 'loop', about: 'a loop without end', body: ['loop {', '  $0', '}'] },
  { label: 'either', about: 'any of the branches', body: ['either {', '  $1', '} or {', '  $0', '}'] },
  { label: 'with', about: 'any element of a set', body: ['with ${1:x} in ${2:S} {', '  $0', '}'] },
  { label: 'atomic', about: 'one step', body: ['atomic {', '  $0', '}'] },
  { label: 'await', about: 'waits for a condition', body: ['await ${0:condition}'] },
  { label: 'rest until', about: 'waits, and may do so for ever', body: ['rest until ${0:condition}'] },
  { label: 'assert', about: 'an error where it is false', body: ['assert ${0:condition}'] },
  { label: 'assert as', about: 'a named property', body: ['assert ${1:condition} as ${2:Name}'] },
  { label: 'var', about: 'a local variable, at the head of the body', body: ['var ${1:x}: ${2:0..3} = ${3:0}'] },
  { label: 'new', about: 'takes an object', body: ['${1:cb} := new ${2:Cb} { $0 }'] },
  { label: 'new?', about: 'takes an object, or gives null', body: ['${1:cb} := new? ${2:Cb} { $0 }'] },
  { label: 'free', about: 'ends the life of an object', body: ['free ${0:cb}'] },
  { label: 'touch', about: 'checks that an object is alive', body: ['touch ${0:cb}'] },
  { label: 'return', about: 'ends the procedure', body: ['return $0'] },
  { label: 'defer', about: 'a call at the end of the body', body: ['defer ${0:unlock()}'] },
  { label: 'goto', about: 'goes on at a label', body: ['goto ${0:label}'] },
  { label: 'skip', about: 'does nothing', body: ['skip'] },
  { label: 'break', about: 'leaves the loop', body: ['break'] },
  { label: 'continue', about: 'to the next round', body: ['continue'] },
];

export const EXPRESSIONS: readonly Snippet[] = [
  { label: 'forall', about: 'for every element', body: ['forall ${1:x} in ${2:S}: $0'] },
  { label: 'exists', about: 'for some element', body: ['exists ${1:x} in ${2:S}: $0'] },
  { label: 'count', about: 'how many elements', body: ['count ${1:x} in ${2:S}: $0'] },
  { label: 'if then else', about: 'one or the other value', body: ['if ${1:c} then ${2:a} else ${3:b}'] },
  { label: 'map', about: 'a map by its elements', body: ['[${1:k} in ${2:K} -> $0]'] },
  { label: 'filter', about: 'elements that satisfy a condition', body: ['{${1:x} in ${2:S}: $0}'] },
];

/** The snippet as plain text, for clients that cannot fill in places. */
export const plain = (body: string): string => body.replace(/\$\{\d+\|([^,|}]*)[^}]*\}/g, '$1').replace(/\$\{\d+:([^}]*)\}/g, '$1').replace(/\$\d+/g, '');
