import { serveNetwork } from '/pkg/service-worker.js';

// A disk that is full while the page says so, or from the first on.
let isFull = new URL(location).searchParams.has('full');
addEventListener('message', ({ data, ports: [port] }) => {
  if (!port) return;
  isFull = data.isFull;
  port.postMessage('done');
});
const full = () => new DOMException('the disk is full', 'QuotaExceededError');

const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (...of) {
  if (isFull) throw full();
  return put.apply(this, of);
};
const keep = Cache.prototype.put;
Cache.prototype.put = async function (...of) {
  if (isFull) throw full();
  return keep.apply(this, of);
};

const files = ['./', './start.js', './dapp.js', '/aoconnect/browser.js', '/wallet/wallets.js'];
serveNetwork({ storage: 'idb://dapp-full', files });
