import { serveNetwork } from '/pkg/service-worker.js';

// A gateway where the server is: what the unit does not have is asked of it.
serveNetwork({ storage: 'idb://dapp', GATEWAY_URL: new URL('/network/', location.href) });
