// The process of a check that an editor asked for: one order comes, outcomes go back. It ends with its order, or with the server.

import { disk } from '../lsp/disk.js';
import type { CheckOrder, FromCheck, ToCheck } from '../lsp/check-order.js';
import { Texts } from '../ide/texts.js';
import { runCheck, type RunningCheck } from './run-check.js';

let running: RunningCheck | undefined;
let stopped = false;

const send = (message: FromCheck): void => void process.send?.(message);

async function carryOut(order: CheckOrder): Promise<void> {
  const texts = new Texts(disk, order.library);
  texts.setFolders(order.folders);
  for (const [path, text] of order.texts) texts.set(path, text);
  const source = texts.get(order.path);
  if (source === undefined) return send({ kind: 'failed', message: `${order.path} cannot be read.` });
  for (const check of order.checks) {
    if (stopped) break;
    const job = {
      source, check, constants: [], continueOnViolation: true, maxMemoryBytes: order.maxMemoryBytes, engine: 'builtin' as const,
      ...(order.properties === undefined ? {} : { properties: order.properties }),
      ...(order.timeLimitMs === undefined ? {} : { timeLimitMs: order.timeLimitMs }),
    };
    running = runCheck(job, order.workers, (progress) => send({ kind: 'progress', check, progress }), { loader: texts });
    send({ kind: 'outcome', outcome: await running.outcome });
  }
  send({ kind: 'done' });
}

process.on('message', (message: ToCheck) => {
  if (message.kind === 'stop') {
    stopped = true;
    running?.stop();
    return;
  }
  carryOut(message.order)
    .catch((error: unknown) => send({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }))
    .finally(() => process.disconnect());
});
// Without a server nobody waits for the outcome.
process.on('disconnect', () => process.exit(0));
