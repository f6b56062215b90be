// What SARIF 2.1.0 (sections 3.13 to 3.52) requires of the parts that we write, written out by hand: required members, types, numbers from 1,
// values from fixed lists, indices that lead somewhere. Members that the standard does not know are a problem, too.

type Check = (value: unknown, path: string, problems: string[]) => void;

const text: Check = (v, path, problems) => {
  if (typeof v !== 'string' || v === '') problems.push(`${path} is no text`);
};
const flag: Check = (v, path, problems) => {
  if (typeof v !== 'boolean') problems.push(`${path} is no boolean`);
};
const atLeast = (least: number): Check => (v, path, problems) => {
  if (!Number.isInteger(v) || (v as number) < least) problems.push(`${path} is no whole number from ${least}`);
};
const oneOf = (...values: readonly string[]): Check => (v, path, problems) => {
  if (!values.includes(v as string)) problems.push(`${path} is none of ${values.join(', ')}`);
};
const uri: Check = (v, path, problems) => {
  if (typeof v !== 'string' || !/^[\w.~%!$&'()*+,;=:@/-]+$/.test(v)) problems.push(`${path} is no URI reference`);
};
const list = (of: Check, least = 0): Check => (v, path, problems) => {
  if (!Array.isArray(v) || v.length < least) problems.push(`${path} is no list of ${least} or more`);
  else v.forEach((item, i) => of(item, `${path}[${i}]`, problems));
};
const map = (of: Check): Check => (v, path, problems) => Object.entries(v as object).forEach(([key, item]) => of(item, `${path}.${key}`, problems));
/** Names that end in `?` may be absent. */
const object = (members: { readonly [name: string]: Check }): Check => (v, path, problems) => {
  if (typeof v !== 'object' || v === null || Array.isArray(v)) {
    problems.push(`${path} is no object`);
    return;
  }
  const known = new Map(Object.entries(members).map(([name, check]) => [name.replace('?', ''), { check, optional: name.endsWith('?') }]));
  for (const [name, { check, optional }] of known) {
    if (name in v) check((v as Record<string, unknown>)[name], `${path}.${name}`, problems);
    else if (!optional) problems.push(`${path}.${name} is missing`);
  }
  for (const name of Object.keys(v)) if (!known.has(name)) problems.push(`${path}.${name} is unknown`);
};

const level = oneOf('none', 'note', 'warning', 'error');
const message = object({ text, 'markdown?': text });
const region = object({ startLine: atLeast(1), 'startColumn?': atLeast(1), 'endLine?': atLeast(1), 'endColumn?': atLeast(1) });
const location = object({ physicalLocation: object({ artifactLocation: object({ uri }), region }), 'message?': message });
const threadFlow = object({ 'id?': text, locations: list(object({ location, executionOrder: atLeast(-1), nestingLevel: atLeast(0) }), 1) });
const rule = object({ id: text, 'shortDescription?': message, 'fullDescription?': message, 'help?': message, 'defaultConfiguration?': object({ level }) });
const result = object({
  'ruleId?': text,
  'ruleIndex?': atLeast(0),
  'level?': level,
  message,
  'locations?': list(location),
  'partialFingerprints?': map(text),
  'codeFlows?': list(object({ 'message?': message, threadFlows: list(threadFlow, 1) })),
});
const driver = object({ name: text, version: text, semanticVersion: text, rules: list(rule) });
const log = object({
  '$schema?': text,
  version: oneOf('2.1.0'),
  runs: list(
    object({
      tool: object({ driver }),
      columnKind: oneOf('utf16CodeUnits', 'unicodeCodePoints'),
      invocations: list(object({ executionSuccessful: flag })),
      results: list(result),
    }),
  ),
});

/** What is wrong with a document; empty when nothing is. */
export function sarifProblems(document: unknown): readonly string[] {
  const problems: string[] = [];
  log(document, 'log', problems);
  if (problems.length > 0) return problems;
  for (const run of (document as { runs: readonly { tool: { driver: { rules: readonly { id: string }[] } }; results: readonly { ruleId: string; ruleIndex: number }[] }[] }).runs) {
    for (const { ruleId, ruleIndex } of run.results) if (run.tool.driver.rules[ruleIndex]?.id !== ruleId) problems.push(`ruleIndex ${ruleIndex} is not ${ruleId}`);
  }
  return problems;
}
