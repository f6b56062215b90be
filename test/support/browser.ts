// A headless Chromium for tests, driven by its DevTools protocol: opens a page, presses keys, looks at what is shown.

import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import CDP from 'chrome-remote-interface';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** The program, or undefined where there is none. */
export const chromium: string | undefined = NAMES.find((name) => spawnSync(name, ['--version']).status === 0);

export interface Page {
  /** The value of an expression in the page; a promise is waited for. */
  evaluate<T>(expression: string): Promise<T>;
  /** Keys as `KeyboardEvent.key` names them, one after the other. */
  press(...keys: readonly string[]): Promise<void>;
  size(width: number, height: number): Promise<void>;
  dark(isDark: boolean): Promise<void>;
  /** What a screen reader is given: role and name of every node that has both. */
  accessible(): Promise<readonly { readonly role: string; readonly name: string }[]>;
  /** Errors of scripts and everything that was loaded, as they come. */
  readonly problems: readonly string[];
  readonly requests: readonly string[];
}

export interface Browser {
  open(url: string): Promise<Page>;
  close(): Promise<void>;
}

export async function startBrowser(program: string): Promise<Browser> {
  const folder = mkdtempSync(join(tmpdir(), 'heddle-chromium-'));
  // In a container there is often no other user than root, and little shared memory.
  const child = spawn(program, ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--remote-debugging-port=0', `--user-data-dir=${folder}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const port = await new Promise<number>((resolve, reject) => {
    let said = '';
    child.stderr.on('data', (part: Buffer) => {
      said += part.toString();
      const match = /DevTools listening on ws:\/\/[^:]+:(\d+)\//.exec(said);
      if (match !== null) resolve(Number(match[1]));
    });
    child.once('exit', () => reject(new Error(`Chromium ended: ${said}`)));
  });
  const clients: CDP.Client[] = [];
  return {
    async open(url) {
      const target = await CDP.New({ port, url: 'about:blank' });
      const client = await CDP({ port, target });
      clients.push(client);
      return pageOf(client, url);
    },
    async close() {
      for (const client of clients) await client.close();
      child.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

async function pageOf({ Page, Runtime, Network, Input, Emulation, Accessibility }: CDP.Client, url: string): Promise<Page> {
  const problems: string[] = [];
  const requests: string[] = [];
  Runtime.exceptionThrown(({ exceptionDetails }) => problems.push(exceptionDetails.exception?.description ?? exceptionDetails.text));
  Network.requestWillBeSent(({ request }) => requests.push(request.url));
  await Promise.all([Page.enable(), Runtime.enable(), Network.enable({}), Accessibility.enable()]);
  const loaded = Page.loadEventFired();
  await Page.navigate({ url });
  await loaded;
  return {
    async evaluate<T>(expression: string) {
      const { result, exceptionDetails } = await Runtime.evaluate({ expression, awaitPromise: true, returnByValue: true });
      if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value as T;
    },
    async press(...keys) {
      for (const key of keys) {
        // A key of one character types it.
        await Input.dispatchKeyEvent({ type: 'keyDown', key, ...(key.length === 1 ? { text: key } : {}) });
        await Input.dispatchKeyEvent({ type: 'keyUp', key });
      }
    },
    size: (width, height) => Emulation.setDeviceMetricsOverride({ width, height, deviceScaleFactor: 1, mobile: false }),
    dark: (isDark) => Emulation.setEmulatedMedia({ features: [{ name: 'prefers-color-scheme', value: isDark ? 'dark' : 'light' }] }),
    async accessible() {
      const { nodes } = await Accessibility.getFullAXTree({});
      return nodes.flatMap(({ role, name, ignored }) => (ignored || role === undefined || name === undefined || name.value === '' ? [] : [{ role: String(role.value), name: String(name.value) }]));
    },
    problems,
    requests,
  };
}
