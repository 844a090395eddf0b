import { serveNetwork } from 'ao-unit/service-worker';

serveNetwork({ storage: 'idb://bundled' });
