// All that makes the dApp work without the network: it is started behind its service worker.

const { worker = 'module', script = `${worker}-worker.js` } = Object.fromEntries(new URL(location).searchParams);
if (!navigator.serviceWorker.controller) {
  const { registerNetwork } = await import('/pkg/register.js');
  await registerNetwork(script, { type: worker });
}
globalThis.dapp = await import('./dapp.js');
