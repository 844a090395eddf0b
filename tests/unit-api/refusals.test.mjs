// What the unit refuses, and in which words.

import assert from 'node:assert/strict';
import { inBrowser } from './page.mjs';

inBrowser('what is refused', async (part, { page, complaints }) => {
  await page.evaluate(async () => {
    const unit = await kit.openUnit({ storage: 'memory://refusals' });
    globalThis.shared = { unit, process: await kit.spawn(unit, 'X = 1') };
  });
  const refusal = (call) => page.evaluate((call) => kit.refusal(() => eval(call)(shared)), String(call));

  await part('a spawn of an unknown module is told which there are', async () => {
    const { code, message } = await refusal(({ unit }) => unit.spawn({ module: 'x'.repeat(42) + 'w' }));
    assert.equal(code, 'MODULE_UNKNOWN');
    assert.match(message, /ISShJH1ij-hPPt9St5UFFr_8Ys3Kj5cyg7zrMGt7H9s \(aos 2\.0\.6\)/);
  });

  await part('a message of more than 10 MiB is too large, and the process takes the next one', async () => {
    const data = `'x'.repeat(10 << 20)`;
    const { code, message } = await refusal(`({ unit, process }) => unit.message({ process, data: ${data} })`);
    assert.equal(code, 'ITEM_TOO_LARGE');
    assert.match(message, /10485760 is the most/);
    const { succeeded } = await refusal(({ unit, process }) => kit.evaluate(unit, process, 'return X'));
    assert.equal(succeeded.outcome.Output.data, '1');
  });

  await part('crons and limits that cannot be are named', async () => {
    const spawned = (named) => refusal(`({ unit }) => kit.spawn(unit, '', ${JSON.stringify(named)})`);
    const cases = [
      [{ 'Cron-Interval': '0-seconds' }, 'CRON_INVALID'],
      [{ 'Cron-Tag-Action': 'Tick' }, 'CRON_UNMATCHED'],
      [{ 'Memory-Limit': 'much' }, 'LIMIT_INVALID'],
    ];
    for (const [named, code] of cases) assert.equal((await spawned(named)).code, code, JSON.stringify(named));
  });

  await part('lists are asked for in ways that read', async () => {
    const log = await refusal(({ unit, process }) => unit.log({ process, from: 'yesterday' }));
    const results = await refusal(({ unit, process }) => unit.results({ process, from: '?' }));
    const sorted = await refusal(({ unit, process }) => unit.results({ process, sort: 'UP' }));
    assert.deepEqual([log.code, results.code, sorted.code], ['CURSOR_INVALID', 'CURSOR_INVALID', 'LISTING_INVALID']);
  });

  await part('nonces and counts are whole numbers from 0 on', async () => {
    for (const nonce of ['-1', '0.5', 'NaN', 'undefined']) {
      const { code } = await refusal(`({ unit, process }) => unit.outcomeAt(process, ${nonce})`);
      assert.equal(code, 'NONCE_NOT_FOUND', nonce);
    }
    const fork = await refusal(({ unit, process }) => unit.fork(process, { nonce: -1 }));
    const outbound = await refusal(({ unit, process }) => unit.outbound({ process, limit: Infinity }));
    assert.deepEqual([fork.code, outbound.code], ['NONCE_NOT_FOUND', 'LISTING_INVALID']);
  });

  await part('settings that do not read are refused, and the storage can be opened right after', async () => {
    const cases = [
      [{ budgt: 5 }, /unknown field `budgt`, expected one of .*`budget`/],
      [{ budget: -1 }, /budget is -1/],
      [{ budget: Infinity }, /budget is Infinity/],
      [{ checkpoints: { bytes: 1.5 } }, /bytes is 1\.5/],
      [{ durability: 'eventual' }, /unknown variant `eventual`/],
      [{ chain: { interval: 0 } }, /nonzero/],
      [{ chain: { hight: 0 } }, /unknown field `hight`/],
    ];
    const codes = await page.evaluate(async () => {
      const settings = [
        { budgt: 5 }, { budget: -1 }, { budget: Infinity }, { checkpoints: { bytes: 1.5 } },
        { durability: 'eventual' }, { chain: { interval: 0 } }, { chain: { hight: 0 } },
      ];
      const codes = [];
      const storage = 'idb://settings';
      for (const wrong of settings) codes.push(await kit.refusal(() => kit.openUnit({ storage, ...wrong })));
      const unit = await kit.openUnit({ storage });
      await unit.close();
      return codes;
    });
    cases.forEach(([settings, pattern], at) => {
      assert.equal(codes[at].code, 'SETTINGS_INVALID', JSON.stringify([settings, codes[at]]));
      assert.match(codes[at].message, pattern);
    });
  });

  await part('a storage of no known kind is refused', async () => {
    const { code } = await refusal(() => kit.openUnit({ storage: 'file://x' }));
    assert.equal(code, 'STORAGE_UNKNOWN');
  });

  await part('a handle that was closed refuses every verb', async () => {
    const codes = await page.evaluate(async () => {
      const unit = await kit.openUnit({ storage: 'memory://closed' });
      await unit.close();
      const verbs = ['processes', 'paused', 'replay', 'log', 'inspect', 'exportProcess', 'archive', 'on', 'watch'];
      const codes = [];
      for (const verb of verbs) {
        const argument = { log: { process: 'p' }, on: 'error', paused: {}, processes: {} }[verb] ?? 'p';
        const second = { inspect: '1', watch: '1' }[verb] ?? { url: 'x' };
        codes.push((await kit.refusal(async () => unit[verb](argument, second))).code);
      }
      return codes;
    });
    assert.deepEqual(codes, Array(9).fill('CLOSED'));
  });

  assert.deepEqual(complaints, []);
});
