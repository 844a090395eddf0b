import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createMachine, UnitError } from 'ao-unit/machine';
import { environment, lua, message, PING, refused, spawn } from './process.js';

const WASM = new URL('../build/wasm/machine.wasm', import.meta.url);

async function started(options, code) {
  const machine = await createMachine(options);
  const { Error } = machine.evaluate(spawn(code), environment);
  assert.equal(Error, undefined);
  return machine;
}

const value = (machine, code) => machine.evaluate(lua(code), environment).Output.data;
const sameState = (one, other) => Buffer.compare(one.image().bytes, other.image().bytes) === 0;
const isError = (code) => (error) => error instanceof UnitError && error.code === code;

test('a process answers messages', async () => {
  const machine = await started({}, PING);
  const { Messages, gasUsed, Error } = machine.evaluate(message({ Action: 'Ping' }), environment);
  assert.deepEqual(Messages.map(({ Target, Data }) => [Target, Data]), [['owner', 'pong']]);
  assert.ok(gasUsed > 0);
  assert.equal(Error, undefined);
  assert.ok(machine.memoryUsed > 2 ** 20 && machine.memoryUsed < 2 ** 22, `${machine.memoryUsed} bytes`);
});

test('messages and environments may be JSON', async () => {
  const machine = await createMachine();
  const { Output } = machine.evaluate(JSON.stringify(spawn('print("booted")')), JSON.stringify(environment));
  assert.equal(Output.data, 'booted');
});

test('the wasm may be an address, a path, bytes or a module', async () => {
  const bytes = await readFile(WASM);
  const module = await WebAssembly.compile(bytes);
  for (const wasm of [WASM, WASM.href, fileURLToPath(WASM), bytes, bytes.buffer.slice(0, bytes.length), module]) {
    assert.equal(value(await started({ wasm }), '1 + 1'), '2');
  }
  for (const wasm of [new URL('no.wasm', WASM), 'no.wasm', 'http://localhost:1/no.wasm', new Uint8Array(8)]) {
    await assert.rejects(createMachine({ wasm }), isError('WASM_UNAVAILABLE'));
  }
});

test('an image brings everything back, in another machine too', async () => {
  const code = `
    local n = 0
    counter = coroutine.wrap(function()
      while true do n = n + 1; coroutine.yield(n) end
    end)
  `;
  const one = await started({}, code);
  assert.equal(value(one, 'counter()'), '1');
  const image = structuredClone(one.image());
  assert.equal(value(one, 'counter()'), '2');
  const other = await createMachine();
  const both = lua('counter() + counter()');
  for (const machine of [one, other]) {
    machine.restore(image);
    assert.equal(machine.evaluate(both, environment).Output.data, '5');
  }
  assert.ok(sameState(one, other));
});

test('an image is refused when it is damaged, of another build or too large', async () => {
  const machine = await started({ memoryLimit: 4 * 2 ** 20 }, 'kept = 1');
  const { bytes, stamp } = machine.image();
  const large = new Uint8Array(8 * 2 ** 20);
  for (const image of [{ bytes, stamp: '0'.repeat(16) }, { bytes: bytes.slice(1), stamp }, { bytes: large, stamp }]) {
    assert.throws(() => machine.restore(image), isError('IMAGE_INVALID'));
  }
  assert.equal(value(machine, 'kept'), '1');
});

test('an error leaves the state as it was, unless that is not wanted', async () => {
  for (const [rollback, kept] of [[undefined, '0'], [true, '0'], [false, '7']]) {
    const machine = await started({ rollback }, 'n = 0');
    const { Error, Messages, Output } = machine.evaluate(lua('n = 7; ao.id = nil; error("no")'), environment);
    assert.match(Error, /no/);
    assert.deepEqual([Messages, typeof Output], [[], 'object']);
    assert.equal(value(machine, 'n'), kept);
  }
});

test('a message that the runtime refuses is an error with its reason', async () => {
  const machine = await started({}, 'n = 1');
  assert.throws(() => machine.evaluate(refused(), environment), isError('MESSAGE_REJECTED'));
  for (const [json, env] of [['{', environment], ['null', environment], [lua('1'), '{}'], [lua('1'), '[']]) {
    assert.throws(() => machine.evaluate(json, env), isError('MESSAGE_REJECTED'), json);
  }
  assert.equal(value(machine, 'n'), '1');
});

test('a message without end runs out of gas, and has changed nothing', async () => {
  for (const rollback of [true, false]) {
    const machine = await started({ gasLimit: 1_000_000, rollback }, 'n = 1');
    value(machine, 'n = n + 1');
    const pattern = '("x"):rep(1e6):find(("x*"):rep(99) .. "y")';
    for (const code of ['while true do end', 'n = 9; while true do pcall(error) end', pattern]) {
      assert.throws(() => machine.evaluate(lua(code), environment), isError('OUT_OF_GAS'), code);
    }
    assert.equal(value(machine, 'n'), '2');
    assert.equal(value(machine, 'n = n + 1; return n'), '3');
  }
});

test('a process that wants all memory gets an error, and the next message its answer', async () => {
  const machine = await started({ memoryLimit: 8 * 2 ** 20 }, 'n = 1');
  const before = machine.memoryUsed;
  const code = 'n = 2; local t = {}; for i = 1, 1e8 do t[i] = ("x"):rep(i) end';
  assert.match(machine.evaluate(lua(code), environment).Error, /not enough memory/);
  assert.equal(machine.memoryUsed, before);
  assert.equal(value(machine, 'n'), '1');
});

test('the way back is the same wherever it begins', async () => {
  const steady = await started({ gasLimit: 1_000_000 }, PING);
  const shaken = await createMachine({ gasLimit: 1_000_000 });
  shaken.restore(steady.image());
  for (let index = 0; index < 500; index += 1) {
    const next = { ...message({ Action: 'Ping' }), Id: `id-${index}`, Timestamp: index };
    assert.deepEqual(shaken.evaluate(next, environment), steady.evaluate(next, environment));
    if (index % 61 === 0) shaken.evaluate(lua('error("no")'), environment);
    if (index % 97 === 0) assert.throws(() => shaken.evaluate(lua('while true do end'), environment));
  }
  assert.ok(sameState(shaken, steady));
});

test('limits are checked', async () => {
  for (const limits of [{ memoryLimit: 0 }, { memoryLimit: NaN }, { gasLimit: -1n }, { gasLimit: NaN }]) {
    await assert.rejects(createMachine(limits), RangeError);
  }
  await assert.rejects(createMachine({ memoryLimit: 2 ** 16 }), isError('MACHINE_TRAPPED'));
  assert.equal(value(await started({ gasLimit: Infinity, memoryLimit: Infinity }), '1'), '1');
});

test('a ping handler answers ten thousand messages a second', async (t) => {
  const machine = await started({}, PING);
  const ping = message({ Action: 'Ping' });
  const run = (count) => {
    for (let index = 0; index < count; index += 1) machine.evaluate({ ...ping, Id: `ping-${index}` }, environment);
  };
  run(5_000);
  // Time of this process, so that a busy machine does not fail the test.
  const [used, start, count] = [process.cpuUsage(), performance.now(), 20_000];
  run(count);
  const wall = (performance.now() - start) / 1e3;
  const { user, system } = process.cpuUsage(used);
  const perSecond = (seconds) => Math.round(count / seconds);
  const ofProcessor = perSecond((user + system) / 1e6);
  t.diagnostic(`${perSecond(wall)} messages a second; ${ofProcessor} by the time of the processor`);
  assert.ok(ofProcessor >= 10_000, `${ofProcessor} messages a second`);
});
