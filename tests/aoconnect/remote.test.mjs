// MODE 'legacy' of ao-unit/remote, with the real aoconnect: the same scenario, over ao-unit/fetch.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { runScenario } from './run.mjs';
import { realWorld, remoteWorld } from './world.mjs';

const MODULE = 'ISShJH1ij-hPPt9St5UFFr_8Ys3Kj5cyg7zrMGt7H9s';

test('the network, by ao-unit/remote', { timeout: 300_000 }, async (t) => {
  for (const { what, real, ours, error } of await runScenario(realWorld, remoteWorld)) {
    await t.test(what, () => {
      if (error && !error.ours.isUsers) assert.equal(typeof error.ours.code, 'string', `${error.name}: ${error.message}`);
      assert.deepEqual(ours, real);
    });
  }
});

test('the signer that connect was given signs on the network', async () => {
  const { ao, kit, close } = await remoteWorld();
  const own = ao.connect({ signer: kit.signer });
  const process = await own.spawn({ module: MODULE, scheduler: kit.address });
  const signed = await own.signMessage({ process, data: 'x' });
  assert.equal(await own.sendSignedMessage(signed), signed.id);
  assert.equal((await own.getMessageById({ processId: process, messageId: signed.id })).message.owner.address, kit.address);
  assert.match(await own.monitor({ process }), /^[\w-]{43}$/);
  await close();
});
