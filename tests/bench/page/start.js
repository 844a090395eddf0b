// What a page does that wants a result as soon as it is opened. Times are since it was opened.
//
//   start.html                                        a new process, a message, its result
//   start.html?storage=…&process=…&message=…          a process that is there, the result of a message of its log

import { openUnit } from '/pkg/unit.js';

const MODULE = 'ISShJH1ij-hPPt9St5UFFr_8Ys3Kj5cyg7zrMGt7H9s';
const known = Object.fromEntries(new URLSearchParams(location.search));

const began = performance.now();
const unit = await openUnit({ storage: known.storage ?? `idb://start-${crypto.randomUUID()}` });
const process = known.process ?? (await spawn());
const message = known.message ?? (await unit.message({ process, tags: [{ name: 'Action', value: 'Add' }] }));
const outcome = await unit.result({ process, message });
globalThis.started = { opened: performance.now(), sinceScript: performance.now() - began, outcome };

function spawn() {
  const data = "n = 0 Handlers.add('Add', 'Add', function(m) n = n + 1 m.reply({ Data = tostring(n) }) end)";
  return unit.spawn({ module: MODULE, tags: [{ name: 'On-Boot', value: 'Data' }], data });
}
