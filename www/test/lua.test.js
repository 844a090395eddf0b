// What the editor and the console know of Lua, without a browser.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { tokens } from '../src/lua/tokens.ts';
import { beyondLua53 } from '../src/lua/dialect.ts';
import { isIncomplete } from '../src/lua/chunk.ts';
import { format } from '../src/lua/format.ts';
import { errorReport } from '../src/lua/error-place.ts';

const ROOT = new URL('../../', import.meta.url);
const texts = (source) => tokens(source).map(({ kind, from, to }) => `${kind} ${source.slice(from, to)}`);

async function luaUnder(folder) {
  const paths = await readdir(new URL(folder, ROOT), { recursive: true });
  const lua = paths.filter((path) => path.endsWith('.lua'));
  return Promise.all(lua.map(async (path) => ({ path, source: await readFile(new URL(`${folder}${path}`, ROOT), 'utf8') })));
}

test('strings, comments and numbers are one token each, whatever is in them', () => {
  assert.deepEqual(texts(`local a = [==[ ]] -- no ]==] --[[ x\n]] .. 'it\\'s' -- end  \nb = 0x1p-4 .. .5e+3`), [
    'keyword local',
    'name a',
    'symbol =',
    'string [==[ ]] -- no ]==]',
    'comment --[[ x\n]]',
    'symbol ..',
    "string 'it\\'s'",
    'comment -- end',
    'name b',
    'symbol =',
    'number 0x1p-4',
    'symbol ..',
    'number .5e+3',
  ]);
  assert.deepEqual(texts('"a\\z\n  b" "open'), ['string "a\\z\n  b"', 'string "open']);
  assert.equal(tokens('"open').at(-1).closed, false);
});

test('what Lua 5.4 has and 5.3 has not is told of, but not in strings and comments', () => {
  const said = (source) => beyondLua53(source).map(({ from, to }) => source.slice(from, to));
  assert.deepEqual(said('local a <const>, b < close > = 1, f()'), ['<const>', '< close >']);
  assert.deepEqual(said('warn("x") warn"y" coroutine.close(co)'), ['warn', 'warn', 'coroutine.close']);
  assert.deepEqual(said('-- local a <const>\nlocal s = "warn(1) <close>" --[[ coroutine.close(x) ]]'), []);
  assert.deepEqual(said('local function warn(x) end log.warn("x") if a <const> then end'), []);
});

test('an unfinished chunk is known from a finished and from a wrong one', () => {
  for (const more of ['function f()', 'x = {', 'if a', 'for i = 1, 2', 'while f(function()', 'x =', 'x = [[a', '--[[ a', 'f(1,', 'return function()', 'local', 'if a then b() else']) {
    assert.equal(isIncomplete(more), true, more);
  }
  for (const whole of ['', '1 + 1', 'return', 'f()', 'x = "open', 'for i = 1, 2 do f(i) end', 'if a then b() elseif c then d() else e() end', 'end end', 'x = 1 -- {', 'repeat f() until x', 'f [[\n]]']) {
    assert.equal(isIncomplete(whole), false, whole);
  }
});

test('formatting indents and trims', () => {
  const source = `
Handlers.add("A",
function(msg)   
if msg.x then
return { a = 1,
-1,
}
elseif y
and z then
local s = [[
   kept   
]]
      local t = "a"
.. "b"
else
f(function()
g()
end, function() h() end)
end
end)


`;
  const expected = `
Handlers.add("A",
  function(msg)
    if msg.x then
      return { a = 1,
        -1,
      }
    elseif y
      and z then
      local s = [[
   kept   
]]
      local t = "a"
        .. "b"
    else
      f(function()
        g()
      end, function() h() end)
    end
  end)
`;
  assert.equal(format(source), expected);
});

test('formatting keeps every token of every Lua file there is, and is done after one time', async () => {
  const files = [...(await luaUnder('www/examples/')), ...(await luaUnder('crate/machine/lua/')), ...(await luaUnder('tests/process/'))];
  assert.ok(files.length > 50, `there are ${files.length}`);
  for (const { path, source } of files) {
    for (const given of [source, source.replace(/^[ \t]+/gm, ''), source.slice(0, source.length >> 1)]) {
      const formatted = format(given);
      assert.deepEqual(texts(formatted), texts(given), path);
      assert.equal(format(formatted), formatted, path);
    }
  }
});

test('an error tells its message, its handler and its place', () => {
  const failed = `hello
\u001b[31mError\u001b[90m handling message with Action = Boom\u001b[0m
\u001b[32m[string ".handlers"]:189: [string "aos"]:4: attempt to index a nil value (local 'x')\u001b[0m

\u001b[90mstack traceback:
\t[string "aos"]:4: in function <[string "aos"]:1>
\tin handler 'Boom'\u001b[0m

\u001b[31merror:
\u001b[0m[string ".handlers"]:189: [string "aos"]:4: attempt to index a nil value (local 'x')`;
  assert.deepEqual(errorReport(failed), {
    message: "attempt to index a nil value (local 'x')",
    place: { chunk: 'aos', line: 4 },
    handler: 'Boom',
    functions: [{ chunk: 'aos', line: 1 }],
  });
  assert.deepEqual(errorReport(`[string "aos"]:1: unexpected symbol near '='`).place, { chunk: 'aos', line: 1 });
  const required = `\n\nerror:\n[string ".handlers"]:189: [string "aos"]:1: lib/u.lua:2: unexpected symbol near '='`;
  assert.deepEqual(errorReport(required).place, { chunk: 'lib/u.lua', line: 2 });
  const plain = `Error\n\nstack traceback:\n\t[string "aos"]:3: in local 'f'\n\nerror:\n[string ".handlers"]:189: plain`;
  assert.deepEqual(errorReport(plain).place, { chunk: 'aos', line: 3 });
  assert.equal(errorReport('MACHINE_TRAPPED: memory ran out').place, undefined);
});
