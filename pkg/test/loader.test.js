import { test } from 'node:test';
import assert from 'node:assert/strict';
import byDefault, { loader } from 'ao-unit/loader';
import { environment, lua, message, PING, refused, spawn } from './process.js';

async function started(options, code) {
  const handle = await loader(new Uint8Array(), { format: 'wasm64-unknown-emscripten-draft_2024_02_15', ...options });
  return { handle, ...(await handle(null, spawn(code), environment)) };
}

const value = async (handle, memory, code) => (await handle(memory, lua(code), environment)).Output.data;

test('it has the exports and the answers of the network loader', async () => {
  assert.equal(byDefault, loader);
  const { handle } = await started({}, PING);
  const answer = await handle(null, message({ Action: 'Ping' }), environment);
  assert.deepEqual(
    Object.keys(answer),
    ['Memory', 'Error', 'Output', 'Messages', 'Spawns', 'Assignments', 'Patches', 'GasUsed'],
  );
  assert.equal(answer.Messages[0].Data, 'pong');
  assert.deepEqual([answer.Error, answer.Spawns, answer.Assignments, answer.Patches], [undefined, [], [], []]);
  assert.ok(answer.Memory instanceof Uint8Array && answer.GasUsed > 0);
});

test('the module may be a function, or left out; neither is used', async () => {
  for (const module of [undefined, null, () => assert.fail('called')]) {
    const handle = await loader(module);
    assert.equal((await handle(null, spawn('print("up")'), environment)).Output.data, 'up');
  }
});

test('no memory means the instance as it stands; a memory means the state that it holds', async () => {
  const { handle, Memory } = await started({}, 'n = 0');
  assert.equal(await value(handle, null, 'n = n + 1; return n'), '1');
  assert.equal(await value(handle, undefined, 'n = n + 1; return n'), '2');
  assert.equal(await value(handle, Memory, 'n = n + 1; return n'), '1');
  assert.equal(await value(handle, Memory.buffer, 'return n'), '0');
  assert.equal(await value(handle, Buffer.from(Memory), 'return n'), '0');
});

test('a memory can be given to another instance', async () => {
  const { handle } = await started({}, 'local n = 0; function count() n = n + 1; return n end');
  const { Memory } = await handle(null, lua('count()'), environment);
  const other = await loader();
  assert.equal(await value(other, Memory, 'count()'), '2');
  assert.equal(await value(handle, null, 'count()'), '2');
});

test('what is no memory of this loader is refused', async () => {
  const { handle, Memory } = await started({});
  const foreign = [new ArrayBuffer(0), new Uint8Array(2 ** 16), 'text', 7];
  for (const memory of [...foreign, Memory.slice(16), Memory.slice(0, -16)]) {
    await assert.rejects(handle(memory, lua('1'), environment), { code: 'IMAGE_INVALID' });
  }
});

test('nothing is rolled back by itself', async () => {
  const { handle, Memory } = await started({}, 'n = 0');
  const failed = await handle(null, lua('n = 7; error("no")'), environment);
  assert.match(failed.Error, /no/);
  assert.deepEqual([failed.Messages, failed.Patches], [undefined, []]);
  assert.equal(await value(handle, null, 'n'), '7');
  assert.equal(await value(handle, failed.Memory, 'n'), '7');
  assert.equal(await value(handle, Memory, 'n'), '0');
});

test('what the runtime itself refuses is thrown, as a string', async () => {
  const { handle } = await started({});
  const isReason = (reason) => typeof reason === 'string' && /json/.test(reason);
  await assert.rejects(handle(null, refused(), environment), isReason);
  assert.equal(await value(handle, null, '1'), '1');
});

test('computeLimit is honoured, and the handle can be used afterwards', async () => {
  for (const computeLimit of [2_000_000, '2000000', 2_000_000n]) {
    const { handle } = await started({ computeLimit }, 'n = 1');
    await assert.rejects(handle(null, lua('n = 2; while true do end'), environment), /^(UnitError: )?out of gas!$/);
    assert.equal(await value(handle, null, 'n'), '1');
  }
});

test('memoryLimit is honoured', async () => {
  for (const memoryLimit of [4 * 2 ** 20, '4194304', '4-mb', '4096kb']) {
    const { handle, Memory } = await started({ memoryLimit }, 'n = 1');
    assert.equal(await value(handle, null, '#(("x"):rep(2^20))'), '1048576');
    const code = 'n = 2; return #(("x"):rep(2^23))';
    const failed = await handle(null, lua(code), environment);
    assert.match(failed.Error, /not enough memory/);
    assert.equal(await value(handle, Memory, 'n'), '1');
  }
  await assert.rejects(loader(null, { memoryLimit: 'much' }), RangeError);
});
