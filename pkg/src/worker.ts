import { batched } from './batching.js';
import { tellLife } from './life.js';
import { Member } from './worker/member.js';
import { VERIFIER } from './worker/verification.js';
import { verifyBatches } from './worker/verifying.js';
import type { Port } from './protocol.js';

/**
 * The module worker that a page's unit lives in, or that reaches the tab whose worker it lives in. Under another name
 * it is the one that verifies for it: whoever serves or bundles this script has both.
 */
if (self.name === VERIFIER) {
  verifyBatches(self as unknown as Port);
} else {
  const port = batched(self as unknown as Port);
  const member = new Member(port);
  void tellLife(port);
  // A trap inside a future of the unit surfaces here, and at no request.
  self.addEventListener('unhandledrejection', ({ reason }) => member.crash(reason));
}
