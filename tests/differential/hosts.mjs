// The places where a workload is done. Each takes its steps, and resolves to the lines of outcomes.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';
import { FOLDERS, withBrowser } from '../demo/browser.mjs';
import { serve } from '../demo/server.mjs';
import { SETTINGS, STANDING } from './drive.mjs';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const FIREFOXES = ['/usr/bin/firefox-esr', '/usr/bin/firefox'];

/** The unit as a Rust library, with the Lua machine as one, on a store in memory that stays when the unit is closed. */
export function natively(steps) {
  return piped('cargo', ['run', '--quiet', '--package', 'ao-unit', '--example', 'differential', String(SETTINGS.liveProcesses)], steps);
}

export function inNode(steps) {
  return piped(process.execPath, [path('./node.mjs')], steps);
}

/** In Chromium, in IndexedDB. */
export function inChromium(steps) {
  return withBrowser(({ page, origin }) => inPage(page, origin, steps), { folders: SERVED, routes: STANDING_WORKER });
}

/** In Firefox, in IndexedDB. */
export async function inFirefox(steps) {
  const executablePath = process.env.FIREFOX_BIN ?? FIREFOXES.find((candidate) => existsSync(candidate));
  if (!executablePath) throw new Error('no Firefox was found: `cargo xtask setup` installs it, or name it in FIREFOX_BIN');
  const server = await serve(SERVED, STANDING_WORKER);
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath, headless: true, protocolTimeout: 300_000 });
  try {
    return await inPage(await browser.newPage(), server.origin, steps);
  } finally {
    await browser.close();
    await server.close();
  }
}

const SERVED = { '/differential/': path('./'), ...FOLDERS };
const STANDING_WORKER = {
  '/pkg/worker.js': async (_, response) => {
    const worker = await readFile(path('../../pkg/dist/worker.js'), 'utf8');
    response.writeHead(200, { 'Content-Type': 'text/javascript' });
    response.end(STANDING + worker);
  },
};

async function inPage(page, origin, steps) {
  await page.goto(`${origin}/unit-api/`);
  await page.waitForFunction(() => globalThis.kit !== undefined);
  return page.evaluate(async (steps) => {
    const { drive, SETTINGS } = await import('/differential/drive.mjs');
    return drive(() => kit.openUnit({ storage: 'idb://differential', ...SETTINGS }), steps);
  }, steps);
}

/** Runs a program that reads and writes JSON lines. */
async function piped(command, args, steps) {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.on('error', () => {});
  child.stdin.end(steps.map((step) => `${JSON.stringify(step)}\n`).join(''));
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part) => (text += part));
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}`);
  return text.trim().split('\n').map((line) => JSON.parse(line));
}
