import { Member } from './worker/member.js';
import type { Port } from './protocol.js';

/** The module worker that a page's unit lives in, or that reaches the tab whose worker it lives in. */
const member = new Member(self as unknown as Port);

// A trap inside a future of the unit surfaces here, and at no request.
self.addEventListener('unhandledrejection', ({ reason }) => member.crash(reason));
