import { serveNetwork } from '/pkg/service-worker.js';

// What would leave for the network is written down, and answered here.
const left = [];
const own = globalThis.fetch.bind(globalThis);
globalThis.fetch = async (...of) => {
  const request = new Request(...of);
  if (new URL(request.url).origin === location.origin) return own(request);
  left.push({ method: request.method, url: request.url, body: [...new Uint8Array(await request.arrayBuffer())] });
  return new Response('from the real network');
};
addEventListener('message', ({ ports: [port] }) => port?.postMessage(left.splice(0)));

const { passThrough } = Object.fromEntries(new URL(location).searchParams);
serveNetwork({ storage: 'idb://dapp-recorded', ...(passThrough && { passThrough: JSON.parse(passThrough) }) });
