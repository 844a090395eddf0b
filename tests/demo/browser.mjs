// A headless Chromium whose storage survives a reload, and a page in it that can import the package.

import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { serve } from './server.mjs';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];
/** A name that is no secure context, as the plain http of a server elsewhere; and the port of a local network. */
const names = (port) => `--host-resolver-rules=MAP insecure.test 127.0.0.1,MAP localhost:4000 127.0.0.1:${port}`;
/** A page that waits longer than this for something is stuck. */
const PATIENCE_MS = 60_000;

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

/** What is served where. */
export const FOLDERS = {
  '/pkg/': path('../../pkg/dist/'),
  '/www/': path('../../www/dist/'),
  '/golden/': path('../golden/'),
  '/vectors/': path('../vectors/'),
  '/unit-api/': path('../unit-api/page/'),
  '/wallet/': path('../wallet/page/'),
  '/network/': path('../network/page/'),
  '/drop-in/': path('../aoconnect/'),
  '/dapp/': path('../network/dapp/'),
  '/aoconnect/': fileURLToPath(new URL('.', import.meta.resolve('@permaweb/aoconnect/browser'))),
  '/': path('./page/'),
};

/**
 * Starts the server of `folders` and a browser with an empty profile, runs
 * `use({ page, origin, version, complaints, cutOff })` and takes everything down again. `complaints` gathers what the
 * page logs as errors and does not catch. After `cutOff()` there is no network, and no server. `flags` are the browser's.
 * With `keeps`, the browser keeps the files that it has loaded once; `headersOf` says what is sent with a path.
 */
export async function withBrowser(use, { folders = FOLDERS, routes, flags = [], keeps, headersOf } = {}) {
  const server = await serve(folders, routes, { keeps, headersOf });
  const profile = await mkdtemp(join(tmpdir(), 'ao-unit-'));
  let context;
  try {
    context = await chromium.launchPersistentContext(profile, {
      executablePath: executable(),
      args: [...ARGUMENTS, names(new URL(server.origin).port), ...flags],
      headless: true,
    });
    context.setDefaultTimeout(PATIENCE_MS);
    const page = context.pages()[0] ?? (await context.newPage());
    const cutOff = () => Promise.all([server.close(), context.setOffline(true)]);
    const version = context.browser().version();
    return await use({ page, origin: server.origin, version, complaints: listen(page), cutOff });
  } finally {
    await context?.close();
    await server.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

function listen(page) {
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return complaints;
}

function executable() {
  const found = process.env.CHROME_BIN ?? CANDIDATES.find((candidate) => existsSync(candidate));
  if (!found) throw new Error('no Chromium was found: install it, or name it in CHROME_BIN');
  return found;
}
