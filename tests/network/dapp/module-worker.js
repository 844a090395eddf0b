import { serveNetwork } from '/pkg/service-worker.js';

const files = ['./', './start.js', './dapp.js', '/aoconnect/browser.js', '/wallet/wallets.js'];
serveNetwork({ storage: 'idb://dapp', files });
