// Random programs of Lua, whose answers say much about the machine and nothing about where it runs.

const NUMBERS = [
  '0', '1', '2', '3', '7', '10', '-1', '-13', '255', '1000003', '0x7fffffffffffffff', 'math.mininteger', '0.5', '-0.0',
  '0.1', '1e15', '1e16', '1e300', '2^53', '123456.789', '1/0', '-1/0', '3.0',
];
const TEXTS = [
  "''", "'a'", "'hello world'", "'12'", "'0x1F'", "' 7.5 '", "'1e2'", "'äöü€'", "'key=value, other=thing'", "'%d'",
  "('x'):rep(40)", "'\\0\\1\\255'", "'The quick brown fox'",
];
const TABLES = ['{}', '{ 3, 1, 2 }', "{ a = 1, b = 'two', c = { 3 } }", "{ 'x', 'y', [5] = 'z' }", '{ 1.5, -2, 1e3 }'];

/** Templates: `N` a number, `T` a text, `L` a table, `E` anything. */
const NUMERIC = [
  'N + N', 'N - N', 'N * N', 'N / N', 'N // N', 'N % N', '-N', 'N & N', 'N | N', 'N ~ N', 'N << 3', 'N >> 2', '~N', 'N ^ 2',
  'math.floor(N)', 'math.ceil(N)', 'math.abs(N)', 'math.max(N, N)', 'math.min(N, N, N)', 'math.fmod(N, N)',
  'math.tointeger(N)', 'math.ult(N, N)', 'math.sqrt(N)', 'math.random(1, 1000)', '#T', '#L', 'tonumber(T)',
  'tonumber(T, 16)', "T + N", "select('#', N, T, L)", 'T:byte(1, -1)', 'T:len()', 'utf8.len(T)', 'math.type(N)',
];
const TEXTUAL = [
  'T .. N', 'T .. T', 'T:upper()', 'T:reverse()', 'T:sub(N, N)', 'T:rep(3, T)', "T:gsub('%w+', '<%0>')", "T:find('o', 1, true)",
  "T:match('(%w+)=(%w*)')", "('%5d|%-8s|%05.2f'):format(N, T, N)", "('%q'):format(T)", "('%g %x'):format(N, N)",
  'tostring(N)', "table.concat({ N, T, N }, ', ')", "T:gsub('.', { a = 'b', o = '0' })", "os.date('!%Y-%m-%d %H:%M', N)",
  "string.pack('<i4', N):byte(1, -1)", "utf8.char(N)", 'type(E)', "require('json').encode(L)", "require('json').encode({ E, T })",
  "require('.crypto').digest.sha2_256(T).asHex()", "require('.base64').encode(T)", 'error(T)', 'assert(false, T)', 'E.field.field', 'T < N', 'T <= T',
];
const LISTED = [
  'shown(L)', "shown(require('json').decode(require('json').encode(L)))", 'sorted(L)', 'table.unpack(L)', 'keys(L)',
  'table.remove(L)', 'shown({ table.pack(E, T).n })', 'next(L)', 'keys(S)', 'S[T]', 'S[N]', "keys({ [T] = 1, [N] = 2, z = 3, y = 4 })",
];

/** What each program begins with. `S` is kept from one to the next. */
export const PRELUDE = `
S = S or {}
function shown(value, depth)
  if type(value) ~= 'table' then return type(value) == 'string' and ('%q'):format(value) or tostring(value) end
  if (depth or 0) > 3 then return '…' end
  local parts = {}
  for k, v in pairs(value) do parts[#parts + 1] = shown(k, 4) .. '=' .. shown(v, (depth or 0) + 1) end
  return '{' .. table.concat(parts, ';') .. '}'
end
function keys(t) local all = {} for k in pairs(t) do all[#all + 1] = tostring(k) end return table.concat(all, ' ') end
function sorted(t) table.sort(t) return shown(t) end
function tried(f)
  local found = table.pack(pcall(f))
  for i = 1, found.n do found[i] = shown(found[i]):gsub(': 0x%x+', ': address') end
  return table.concat(found, ' ')
end`;

/** A program: some expressions, each tried, some of them kept. */
export function program(random) {
  const lines = ['local out = {}'];
  for (let i = 0, count = 3 + Math.floor(random() * 6); i < count; i += 1) {
    lines.push(`out[#out + 1] = tried(function() return ${expression(random)} end)`);
    if (random() < 0.3) lines.push(`S[${text(random, 1)}] = out[#out]`);
  }
  return [...lines, "return table.concat(out, '\\n')"].join('\n');
}

function expression(random) {
  return filled(random, of(random, [...NUMERIC, ...TEXTUAL, ...LISTED]), 2);
}

const number = (random, depth) => (depth && random() < 0.4 ? `(${filled(random, of(random, NUMERIC), depth - 1)})` : `(${of(random, NUMBERS)})`);
const text = (random, depth) => (depth && random() < 0.3 ? `(${filled(random, of(random, TEXTUAL), depth - 1)})` : `(${of(random, TEXTS)})`);
const table = (random) => `(${of(random, TABLES)})`;

/** A template with something in each of its places. */
function filled(random, template, depth) {
  const fillings = { N: number, T: text, L: table, E: (random, depth) => of(random, [number, text, table])(random, depth) };
  return template.replaceAll(/(?<![\w.'%])[NTLE](?!\w)/g, (kind) => fillings[kind](random, depth));
}

function of(random, list) {
  return list[Math.floor(random() * list.length)];
}
