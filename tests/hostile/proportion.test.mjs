// Gas is in proportion to time: nothing that is repeated takes much longer than its gas says.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { openTestUnit } from 'ao-unit/test';

/** Each does one thing over and over. */
const WORK = {
  'a loop': 'for i = 1, 5000000 do end',
  'pcall of what succeeds': 'local f = function() end for i = 1, 200000 do pcall(f) end',
  'pcall of an error': 'for i = 1, 50000 do pcall(error, 1) end',
  'pcall of what fails by itself': 'for i = 1, 30000 do pcall(function() return nil + 1 end) end',
  'a coroutine that is dead': 'local f = coroutine.wrap(function() end) f() for i = 1, 30000 do pcall(f) end',
  'new coroutines': 'for i = 1, 10000 do local f = coroutine.wrap(coroutine.yield) f() f() end',
  'yielding': 'local f = coroutine.wrap(function() while true do coroutine.yield() end end) for i = 1, 50000 do f() end',
  'long texts': 'local s = ("x"):rep(1000000) for i = 1, 300 do s = s:reverse() end',
  patterns: 'local s = ("x"):rep(1000) for i = 1, 2000 do s:gsub("x", "y") end',
  'small tables': 'for i = 1, 500000 do setmetatable({ i }, {}) end',
  'numbers as texts': 'for i = 1, 300000 do local s = tostring(i) end',
  hashes: 'local c = require(".crypto") for i = 1, 200 do c.digest.sha2_512(("x"):rep(1000)).asHex() end',
  JSON: 'local j = require("json") for i = 1, 300 do j.decode(j.encode({ 1, 2, { a = ("x"):rep(1000) } })) end',
};

/** The slowest may take so many times as long for its gas as the median does. */
const MOST = 15;

test('nothing that is repeated takes much longer than its gas says', { timeout: 120_000 }, async (t) => {
  const unit = await openTestUnit(t);
  const process = await unit.as('owner').deploy({ source: '' });
  const rates = [];
  for (const [what, lua] of Object.entries(WORK)) {
    const times = [];
    let gas;
    for (let round = 0; round < 3; round += 1) {
      const begun = performance.now();
      const { error, outcome } = await unit.as('owner').evaluate(process, lua);
      times.push(performance.now() - begun);
      assert.equal(error, undefined, what);
      gas = outcome.GasUsed;
    }
    rates.push({ what, nanoseconds: (1e6 * Math.min(...times)) / gas });
  }
  rates.sort((one, other) => one.nanoseconds - other.nanoseconds);
  const median = rates[Math.floor(rates.length / 2)].nanoseconds;
  for (const { what, nanoseconds } of rates) t.diagnostic(`${what}: ${nanoseconds.toFixed(1)} ns per gas`);
  const slow = rates.filter(({ nanoseconds }) => nanoseconds > MOST * median);
  assert.deepEqual(slow, []);
});
