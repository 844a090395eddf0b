// All processes of the unit: the list, the graph, the clock, the storage; and who signs.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { exposeKeys, jwk } from '../wallet/keys.mjs';
import { withPlayground } from './page.mjs';

const inProcesses = async (playground, view) => {
  await playground.view('Processes');
  return playground.view(view);
};
const row = (page, name) => page.getByRole('listitem', { name, exact: true });
const worked = (page, expected) => page.getByRole('status', { name: 'Work' }).filter({ hasText: expected }).waitFor();

test('a process is exported, deleted, and imported again with the state that it had', { timeout: 120_000 }, () =>
  withPlayground(async ({ playground, page, complaints }) => {
    await playground.example('Token');
    await playground.run();
    await page.getByRole('button', { name: 'Send all' }).click();
    await page.getByText('✓ As the example says').nth(4).waitFor();
    await inProcesses(playground, 'List');
    await row(page, 'Token').getByText('More about Token').click();
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export Token' }).click();
    const download = await downloading;
    assert.equal(download.suggestedFilename(), 'Token.ao');
    const file = await download.path();
    await page.getByRole('button', { name: 'Replay Token' }).click();
    await worked(page, /^All 6 outcomes and the memory are the same/);

    page.once('dialog', (dialog) => dialog.dismiss());
    await page.getByRole('button', { name: 'Delete Token' }).click();
    assert.equal(await row(page, 'Token').count(), 1, 'who is asked can say no');
    page.once('dialog', (dialog) => dialog.accept());
    await page.getByRole('button', { name: 'Delete Token' }).click();
    await worked(page, 'Token is deleted.');
    await row(page, 'Token').waitFor({ state: 'detached' });
    await page.reload();
    await page.getByText('There is no process yet.').waitFor();

    await page.getByLabel('Import a process').setInputFiles(file);
    await worked(page, /^Token is here/);
    await row(page, 'Token').getByText('6 messages').waitFor();
    await page.getByLabel('Import a process').setInputFiles({ name: 'bad.ao', mimeType: '', buffer: Buffer.from('rubbish') });
    await worked(page, /EXPORT_INVALID/);
    assert.deepEqual(complaints, []);
  }),
);

test('a long replay says how much there is to do, and nobody has to wait for it, nor for an import', { timeout: 240_000 }, () =>
  withPlayground(async ({ playground, page, complaints }) => {
    await playground.example('Initialize');
    await playground.run();
    await inProcesses(playground, 'List');
    await row(page, 'Initialize').getByText('More about Initialize').click();
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export Initialize' }).click();
    const file = await (await downloading).path();
    page.once('dialog', (dialog) => dialog.accept());
    await page.getByRole('button', { name: 'Delete Initialize' }).click();
    await worked(page, 'Initialize is deleted.');

    await playground.example('Token');
    await playground.write('for number = 1, 4e7 do local square = number * number end\n');
    for (let runs = 0; runs < 12; runs += 1) await playground.run();
    await inProcesses(playground, 'List');
    await row(page, 'Token').getByText('More about Token').click();
    await page.getByRole('button', { name: 'Replay Token' }).click();
    await worked(page, /^Evaluating all 12 messages of Token anew….*does not say how far it is/);
    await page.getByRole('button', { name: 'Stop waiting' }).click();
    await worked(page, 'You no longer wait for what comes of it.');
    assert.equal(await page.getByRole('progressbar').count(), 0);

    // The unit is busy for a while yet.
    await page.getByLabel('Import a process').setInputFiles({ name: 'kept.ao', mimeType: '', buffer: await readFile(file) });
    await worked(page, /^Importing kept\.ao, \d+ kB….*signature/);
    await page.getByRole('button', { name: 'Stop waiting' }).click();
    await worked(page, 'You no longer wait for kept.ao.');
    await row(page, 'Initialize').waitFor();
    assert.deepEqual(complaints, []);
  }),
);

test('a process is called what the reader calls it, after a reload, too', { timeout: 120_000 }, () =>
  withPlayground(async ({ playground, page }) => {
    await inProcesses(playground, 'List');
    await page.getByRole('button', { name: 'Spawn an empty process' }).click();
    await worked(page, 'An empty process was spawned');
    const details = page.getByText(/^More about /);
    await details.click();
    await page.getByLabel('Call it').fill('My <b>own</b>');
    await page.getByLabel('Call it').blur();
    await row(page, 'My <b>own</b>').waitFor();
    await page.reload();
    await row(page, 'My <b>own</b>').waitFor();
  }),
);

test('the graph shows who sent how much to whom, and follows what is sent', { timeout: 120_000 }, () =>
  withPlayground(async ({ playground, page }) => {
    await playground.example('Ping-pong');
    await playground.run();
    await inProcesses(playground, 'Graph');
    await page.getByText('Nobody has sent anything yet.').waitFor();
    await playground.view('Example');
    await page.getByRole('button', { name: /^Send: Ping serves/ }).click();
    await page.getByText('✓ As the example says').waitFor();
    await inProcesses(playground, 'Graph');
    await page.getByRole('row', { name: 'ping pong 5 Ball' }).waitFor();
    await page.getByRole('row', { name: 'pong ping 5 Ball' }).waitFor();
    await page.getByRole('row', { name: 'This page ping 1 Serve' }).waitFor();
    const drawing = page.getByRole('img', { name: /^Who sent what to whom/ });
    await drawing.waitFor();
    assert.deepEqual((await drawing.locator('title').allTextContents()).sort(), ['This page', 'ping', 'pong']);

    const chosen = (name) => page.getByRole('row', { name: 'ping pong 5 Ball' }).getByRole('button', { name, pressed: true }).waitFor();
    await drawing.locator('circle').nth((await drawing.locator('g.node title').allTextContents()).indexOf('ping')).click();
    await chosen('ping');
    await page.getByRole('row', { name: 'ping pong 5 Ball' }).getByRole('button', { name: 'pong' }).press('Enter');
    await chosen('pong');
  }),
);

test('the clock is advanced, crons tick by it, and it stays ahead after a reload', { timeout: 120_000 }, () =>
  withPlayground(async ({ playground, page }) => {
    await playground.example('Cron counter');
    await playground.run();
    await inProcesses(playground, 'Clock and cron');
    await row(page, 'Cron counter').getByText('It is not monitored').waitFor();
    await page.getByRole('button', { name: 'Monitor Cron counter' }).click();
    await worked(page, 'Cron counter ticks by itself.');
    await page.getByRole('button', { name: '+ 1 minute' }).click();
    await worked(page, '1 minute passed.');
    await page.getByText(/ahead of this computer/).waitFor();
    await inProcesses(playground, 'List');
    await row(page, 'Cron counter').getByText(/^6\d messages/).waitFor();
    await page.reload();
    await inProcesses(playground, 'Clock and cron');
    await page.getByText(/, 1 min.* ahead of this computer/).waitFor();
    await page.getByRole('button', { name: 'Stop monitoring Cron counter' }).click();
    await worked(page, 'ticks no longer');
  }),
);

test('what the storage holds is told, and the browser is asked to keep it', { timeout: 120_000 }, () =>
  withPlayground(async ({ playground, page }) => {
    await inProcesses(playground, 'Storage');
    await page.getByText(/^In use: [\d.]+ MB of/).waitFor();
    await page.getByRole('meter', { name: 'Storage in use' }).waitFor();
    await page.getByText('The page opens without a network.').waitFor();
    await page.getByRole('button', { name: 'Ask it to keep everything' }).click();
    await worked(page, /^It (agreed|did not agree)/);
  }),
);

test('a process is archived at a bundler, once the reader agreed', { timeout: 120_000 }, async () => {
  const posted = [];
  const routes = {
    '/bundler/tx': (request, response) => {
      request.resume().on('end', () => {
        posted.push(request.method);
        response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
      });
    },
  };
  await withPlayground(
    async ({ playground, page, origin }) => {
      await playground.example('Initialize');
      await playground.run();
      await inProcesses(playground, 'List');
      await page.getByText('More about Initialize').click();
      await page.getByLabel('Bundler').fill(`${origin}/bundler`);
      page.once('dialog', (dialog) => dialog.accept());
      await page.getByRole('button', { name: 'Archive Initialize' }).click();
      await worked(page, /items of Initialize were posted/);
      assert.deepEqual(posted, ['POST']);
    },
    { routes },
  );
});

test('another wallet signs once it is chosen, and still after a reload', { timeout: 120_000 }, () =>
  withPlayground(async ({ playground, page }) => {
    await page.getByRole('button', { name: 'Wallet: This page' }).click();
    const dialog = page.getByRole('dialog', { name: 'Who signs' });
    await dialog.getByRole('button', { name: 'New wallet' }).click();
    const made = dialog.getByRole('listitem').nth(1);
    await made.getByRole('textbox').fill('Second');
    await made.getByRole('textbox').blur();
    await dialog.getByRole('radio', { name: 'Second signs' }).check();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.reload();
    await page.getByRole('button', { name: 'Wallet: Second' }).waitFor();
    await playground.example('Initialize');
    await playground.run();
    await inProcesses(playground, 'List');
    await row(page, 'Initialize').getByText('owned by Second').waitFor();
  }),
);

test('a wallet of the browser signs what is run, and owns it', { timeout: 120_000 }, () =>
  withPlayground(async ({ playground, page, origin }) => {
    await exposeKeys(page);
    const address = createHash('sha256').update(Buffer.from(jwk.n, 'base64url')).digest('base64url');
    await page.addInitScript((address) => {
      const toBase64Url = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_');
      const bytesOf = (data) => (typeof data === 'string' ? new TextEncoder().encode(data) : data);
      window.arweaveWallet = {
        connect: async () => {},
        getActiveAddress: async () => address,
        async signDataItem({ data, tags, target, anchor }) {
          const raw = await window.signItem({ data: toBase64Url(bytesOf(data)), tags, target, anchor });
          return Uint8Array.from(atob(raw.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0)).buffer;
        },
      };
    }, address);
    await page.goto(`${origin}/www/index.html`);
    await page.getByRole('button', { name: 'Wallet: This page' }).click();
    const dialog = page.getByRole('dialog', { name: 'Who signs' });
    await dialog.getByRole('button', { name: 'Connect Arweave wallet' }).click();
    await dialog.getByText(address.slice(0, 8)).first().waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await playground.example('Initialize');
    assert.match(await playground.run(), /^Started/);
    await playground.view('Processes');
    await row(page, 'Initialize').getByText(`owned by ${address.slice(0, 8)}`).waitFor();
  }),
);

test('a wallet of the browser that refuses is told, and the page goes on signing', { timeout: 120_000 }, () =>
  withPlayground(async ({ playground, page, origin }) => {
    await page.addInitScript(() => {
      // A wallet that refuses, as a person does who closes its window.
      window.arweaveWallet = {
        connect: () => Promise.reject(new Error('User rejected')),
        getActiveAddress: async () => '',
        signDataItem: () => Promise.reject(new Error('User rejected')),
      };
    });
    await page.goto(`${origin}/www/index.html`);
    await page.getByRole('button', { name: 'Wallet: This page' }).click();
    await page.getByRole('button', { name: 'Connect Arweave wallet' }).click();
    await page.getByRole('alert').filter({ hasText: 'User rejected' }).waitFor();
    assert.equal(await page.getByRole('radio', { name: 'This page signs' }).isChecked(), true);
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Wallet: This page' }).waitFor();
    assert.match(await playground.run(), /^Started/);
  }),
);

test('whoever is chosen in a wallet of the browser is who signs, until nobody is', { timeout: 120_000 }, () =>
  withPlayground(async ({ page, origin }) => {
    await page.addInitScript(() => {
      window.arweaveWallet = { connect: async () => {}, getActiveAddress: async () => 'first-address', signDataItem: async () => new ArrayBuffer(0) };
      window.ethereum = { request: async () => ['0xfirst'], on: (_event, listener) => (window.chooseAccounts = listener) };
    });
    await page.goto(`${origin}/www/index.html`);
    await page.getByRole('button', { name: 'Wallet: This page' }).click();
    const dialog = page.getByRole('dialog', { name: 'Who signs' });
    const choose = (address) => page.evaluate((to) => window.dispatchEvent(new CustomEvent('walletSwitch', { detail: { address: to } })), address);
    await dialog.getByRole('button', { name: 'Connect Arweave wallet' }).click();
    await dialog.getByText('first-address').waitFor();
    await choose('second-address');
    await dialog.getByText('second-address').waitFor();
    await choose(undefined);
    await dialog.getByRole('radio', { name: 'This page signs', checked: true }).waitFor();
    await dialog.getByRole('button', { name: 'Connect Ethereum wallet' }).click();
    await dialog.getByText('0xfirst').waitFor();
    await page.evaluate(() => window.chooseAccounts(['0xsecond']));
    await dialog.getByText('0xsecond').waitFor();
    await page.evaluate(() => window.chooseAccounts([]));
    await dialog.getByRole('radio', { name: 'This page signs', checked: true }).waitFor();
  }),
);
