// A whole run as one document: what `--format` and `--also` write.

import { unreachable } from '../base/unreachable.js';
import type { CheckOutcome } from '../checker/outcome.js';
import type { NotRun } from '../report/call-summary.js';
import { githubAnnotations } from '../report/ci/github.js';
import { junit } from '../report/ci/junit.js';
import { markdown } from '../report/ci/markdown.js';
import { sarif } from '../report/ci/sarif.js';
import { htmlReport, type HtmlReport } from '../report/html/page.js';
import { json } from '../report/json.js';
import type { DocumentFormat } from './formats.js';
import { pageAssets } from './page-assets.js';
import { VERSION } from './version.js';

export interface Run {
  readonly outcomes: readonly CheckOutcome[];
  readonly notRun: readonly NotRun[];
  /** Pictures of the small state graphs; asked for only where they are shown. */
  readonly graphs: () => Promise<HtmlReport['graphs']>;
}

/** The document, with a line break at its end. For `github` the annotations alone. */
export async function documentOf(format: DocumentFormat, { outcomes, notRun, graphs }: Run): Promise<string> {
  switch (format) {
    case 'json':
      return json(outcomes, VERSION);
    case 'junit':
      return junit(outcomes, notRun);
    case 'sarif':
      return sarif(outcomes, VERSION);
    case 'github':
      return githubAnnotations(outcomes);
    case 'markdown':
      return markdown(outcomes, notRun);
    case 'html':
      return htmlReport({ outcomes, notRun, graphs: await graphs(), version: VERSION, assets: await pageAssets() });
    default:
      return unreachable(format);
  }
}
