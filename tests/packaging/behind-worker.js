// A dApp of the network, which is started behind a bundled service worker.

import { message, result, spawn } from '@permaweb/aoconnect';
import { registerNetwork } from 'ao-unit/register';
import { greeting } from './greeting.js';

const { worker = 'service-worker.js', type = 'module' } = Object.fromEntries(new URL(location).searchParams);
await registerNetwork(worker, { type });

// On the network, whoever spawns names the scheduler.
const scheduler = '_GQ33BkPtZrqxA84vM8Zk-N2aO0toNNu_C-l-rawrBA';
globalThis.greet = () => greeting({ message, result, spawn: (options) => spawn({ scheduler, ...options }) });
document.querySelector('output').textContent = await greet().catch(String);
