// What a phase says about the user's text. Diagnostics are collected and returned, never thrown.
// Their wording lives in the catalogue (src/base/catalogue), one entry a code.

import { catalogue, type Code, type Details } from './catalogue/index.js';
import type { Location } from './span.js';

export type Severity = 'error' | 'warning';

export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  readonly at: Location;
  readonly message: string;
  /** What to try; shown under the source line. */
  readonly help?: string;
  /** Other places that matter, each with a short remark ("declared here"). */
  readonly related?: readonly { readonly at: Location; readonly message: string }[];
}

/** Builds the diagnostic of a code from its details; the catalogue gives wording and severity. */
export function diagnostic<C extends Code>(code: C, at: Location, details: Details<C>, related?: Diagnostic['related']): Diagnostic {
  const entry = catalogue[code] as { severity: Severity; message: (d: Details<C>) => string; help?: (d: Details<C>) => string | undefined };
  const help = entry.help?.(details);
  return {
    code,
    severity: entry.severity,
    at,
    message: entry.message(details),
    ...(help === undefined ? {} : { help }),
    ...(related === undefined ? {} : { related }),
  };
}

export const isError = (d: Diagnostic): boolean => d.severity === 'error';
