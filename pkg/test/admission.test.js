// What another tab asks, before the unit sees it.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { admitted } from '../build/worker/admission.js';
import { Session } from '../build/worker/session.js';

const codeOf = (data) => admitted(data)?.refusal?.error.code;

test('what reads as a request is let in as it is', () => {
  const fields = { data: new Uint8Array(3), tags: [{ name: 'A', value: 'b' }] };
  for (const [method, ...args] of [
    ['processes'],
    ['accept', new Uint8Array(10)],
    ['result', 'p', 'm'],
    ['dryrun', 'p', '{}', undefined],
    ['dryrun', 'p', '{}', 3],
    ['inspect', 'p', 'x'],
    ['watch', 1, 'p', 'x', 'me'],
    ['consequences', 'p', { root: 'm', since: 0, after: -1 }],
    ['signingHash', fields, 1, new Uint8Array(2)],
    ['archivePart', 'p', { nonce: 0 }, { type: 'ed25519' }],
  ]) {
    assert.deepEqual(admitted({ id: 1, method, args }).request, { id: 1, method, args });
  }
});

test('what cannot be answered is passed over', () => {
  for (const data of [undefined, null, 7, 'leads', [], {}, { method: 'processes', args: [] }, { id: '1' }, { id: NaN }]) {
    assert.equal(admitted(data), undefined);
  }
});

test('whatever else has a number is refused under it', () => {
  for (const rest of [
    {}, { method: 'fly', args: [] }, { method: '__proto__', args: [] }, { method: 'constructor', args: [] },
    { method: 'end', args: [] }, { method: 'close', args: [] }, { method: 'processes' }, { method: 'clock', args: [1] },
    { method: 'accept', args: [{ length: 2 ** 32 }] }, { method: 'accept', args: [new Uint8Array(20_000_000)] },
    { method: 'result', args: ['p'] }, { method: 'result', args: ['p', 'm'.repeat(20_000)] },
    { method: 'assign', args: ['p', 'm', [null]] }, { method: 'sealItem', args: [{}, 1, [], []] },
  ]) {
    assert.equal(codeOf({ id: 5, ...rest }), 'ARGUMENT_INVALID', JSON.stringify(rest).slice(0, 80));
  }
});

test('each verb of a session has its arguments told', () => {
  const verbs = Object.getOwnPropertyNames(Session.prototype).filter((name) => !['constructor', 'end'].includes(name));
  for (const method of verbs) {
    assert.doesNotMatch(admitted({ id: 1, method, args: null }).refusal.error.message, /no verb/, method);
  }
});
