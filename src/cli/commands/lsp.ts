// `heddle lsp --stdio`: the language server. Its library is loaded only here.

import { fileURLToPath } from 'node:url';
import { serve } from '../../lsp/serve.js';
import { LIBRARY } from '../loader.js';
import { ownScript } from '../thread.js';
import { VERSION } from '../version.js';

/** Returns at once; the server ends the process. */
export function lsp(): void {
  const main = fileURLToPath(ownScript('main'));
  // From source the command line needs the loader that this process runs with.
  const cli = main.endsWith('.ts') ? [process.execPath, '--import', import.meta.resolve('tsx'), main] : [process.execPath, main];
  serve({ version: VERSION, library: LIBRARY.replaceAll('\\', '/').replace(/\/+$/, ''), checkScript: ownScript('lsp-check'), cli });
}
