// The public API: compile a spec, check it, read what came out. Everything else is internal and may change.

export { checkFile } from './check/check.js';
export type { CheckHooks, CheckJob } from './check/job.js';
export type { CheckOutcome, PropertyOutcome, StepData, TraceData } from './checker/outcome.js';
export { compile, type Compiled, type CompileInput } from './compile.js';
export type { Loader } from './analysis/modules.js';
export type { SourceFile } from './base/span.js';
