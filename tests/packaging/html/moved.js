// The wasm lies where no script looks for it, and is named.

import { connect } from 'ao-unit';
import { showGreeting } from './greeting.js';

const named = { wasm: 'files/unit.wasm', machine: 'files/lua.wasm', worker: 'ao-unit/worker.js' };
await showGreeting(connect({ storage: 'memory://moved', ...named }));
