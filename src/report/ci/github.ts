// GitHub's workflow commands: a line that starts with `::error file=…,line=…::` becomes an annotation beside that line of a pull request.
// https://docs.github.com/actions, "Workflow commands": in messages `%` and line breaks are escaped, in attributes `:` and `,`, too.

import type { CheckOutcome } from '../../checker/outcome.js';
import { findingsOf } from './findings.js';

/** One line a finding, each with a line break; errors first, because GitHub shows the first ten of a kind only. */
export function githubAnnotations(outcomes: readonly CheckOutcome[]): string {
  const findings = [...findingsOf(outcomes)].sort((a, b) => Number(a.level === 'warning') - Number(b.level === 'warning'));
  return findings
    .map(({ level, title, message, at }) => {
      const end = at.endLine === undefined ? '' : `,endLine=${at.endLine}${at.endLine === at.line && at.endColumn !== undefined ? `,endColumn=${at.endColumn}` : ''}`;
      return `::${level} file=${attribute(at.file)},line=${at.line},col=${at.column}${end},title=${attribute(title)}::${data(message)}\n`;
    })
    .join('');
}

const data = (text: string): string => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
const attribute = (text: string): string => data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
