// What goes wrong with a tool that Heddle runs: it is not there, too old, or ends without a result. Becomes a diagnostic of the check.

import type { Code, Details } from '../base/catalogue/index.js';
import { diagnostic, type Diagnostic } from '../base/diagnostic.js';
import type { Location } from '../base/span.js';

export class EngineProblem extends Error {
  private constructor(
    message: string,
    readonly diagnosticAt: (at: Location) => Diagnostic,
  ) {
    super(message);
  }

  static of<C extends Extract<Code, `engine/${string}`>>(code: C, details: Details<C>): EngineProblem {
    return new EngineProblem(code, (at) => diagnostic(code, at, details));
  }
}
