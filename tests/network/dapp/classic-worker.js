importScripts('/pkg/service-worker.classic.js');

const files = ['./', './start.js', './dapp.js', '/aoconnect/browser.js', '/wallet/wallets.js'];
aoUnit.serveNetwork({ storage: 'idb://dapp', files });
