import { test } from 'node:test';
import assert from 'node:assert/strict';
import { createFetch, LEGACYNET, LOCALNET } from '../build/fetch.js';
import { createDataItem } from '../build/data-item.js';
import { UnitError } from '../build/error.js';
import { Unit } from '../build/unit.js';
import { doubleOf, HELLO, PROCESS, UNIT } from './network-double.js';
import { key } from './sealer.js';

const RESULT = `/result/${HELLO}?process-id=${PROCESS}`;
const PROTOCOL = [{ name: 'Data-Protocol', value: 'ao' }, { name: 'Type', value: 'Message' }];
const UNKNOWN = `/result/${HELLO}?process-id=${'x'.repeat(43)}`;

/** A unit's handle on a double. */
const unitOf = (overrides) => {
  const { unit, asked } = doubleOf(overrides);
  return { unit: new Unit({ ...unit, address: UNIT }, async () => {}), asked };
};

/** A network that answers `teapot` to everything, and notes what it was asked. */
function networkOf(answer = () => new Response('teapot', { status: 418 })) {
  const asked = [];
  const fetch = async (input, init) => {
    asked.push([input instanceof Request ? input.url : String(input), init?.method ?? input.method ?? 'GET']);
    return answer(input);
  };
  return { fetch, asked };
}

test('the routes are answered at the addresses of local networks, and everything else goes on', async () => {
  const { fetch, asked } = networkOf();
  const local = createFetch(unitOf().unit, { fetch });
  assert.equal((await (await local(`${LOCALNET.CU_URL}${RESULT}`)).json()).Output.data, '1');
  assert.equal((await local(new URL('https://elsewhere.example/x'))).status, 418);
  assert.equal((await local(new Request('http://localhost:4001/y', { method: 'PUT' }))).status, 418);
  assert.equal((await local(LEGACYNET.CU_URL)).status, 418);
  assert.deepEqual(asked, [
    ['https://elsewhere.example/x', 'GET'],
    ['http://localhost:4001/y', 'PUT'],
    [LEGACYNET.CU_URL, 'GET'],
  ]);
});

test('other addresses take the place of the usual ones', async () => {
  const { fetch } = networkOf();
  const local = createFetch(unitOf().unit, { ...LEGACYNET, MU_URL: undefined, fetch });
  assert.equal((await local(`https://cu.ao-testnet.xyz${RESULT}`)).status, 200);
  assert.equal((await local('https://su-router.ao-testnet.xyz?process-id=' + PROCESS)).status, 200);
  assert.equal(await (await local(LOCALNET.MU_URL)).text(), 'ao messenger unit');
  assert.equal((await local(`${LOCALNET.CU_URL}${RESULT}`)).status, 418);
});

test('the unit is opened at the first request, and not before', async () => {
  let opened = 0;
  const local = createFetch(async () => {
    opened += 1;
    return unitOf().unit;
  });
  assert.equal(opened, 0);
  await Promise.all([local(LOCALNET.CU_URL), local(LOCALNET.SU_URL)]);
  assert.equal(opened, 1);
  const promised = createFetch(Promise.resolve(unitOf().unit));
  assert.equal((await promised(LOCALNET.CU_URL)).status, 200);
});

test('a unit that could not be opened is a refusal with its words', async () => {
  const local = createFetch(Promise.reject(Object.assign(new Error('no room'), { code: 'STORE_QUOTA' })));
  const response = await local(LOCALNET.CU_URL);
  assert.deepEqual([response.status, await response.json()], [500, { error: 'no room' }]);
});

test('a unit that was closed is a refusal', async () => {
  const { unit } = unitOf();
  const local = createFetch(unit);
  await unit.close();
  assert.match((await (await local(`${LOCALNET.CU_URL}${RESULT}`)).json()).error, /has been closed/);
});

test('a body may be text, bytes, or that of a request', async () => {
  const { unit, asked } = unitOf();
  const local = createFetch(unit);
  const url = `${LOCALNET.CU_URL}/dry-run?process-id=${PROCESS}`;
  const body = '{"Owner":"1"}';
  for (const request of [
    [url, { method: 'POST', body }],
    [url, { method: 'POST', body: new TextEncoder().encode(body) }],
    [new Request(url, { method: 'POST', body })],
  ]) {
    assert.equal((await local(...request)).status, 200);
  }
  assert.deepEqual(asked.map(([, , message]) => message), [body, body, body]);
});

test('who gives a request up is told so', async () => {
  const { unit } = unitOf({ result: () => new Promise(() => {}) });
  const local = createFetch(unit);
  const controller = new AbortController();
  const waiting = local(`${LOCALNET.CU_URL}${RESULT}`, { signal: controller.signal });
  controller.abort(new Error('enough'));
  await assert.rejects(waiting, { message: 'enough' });
  await assert.rejects(local(`${LOCALNET.CU_URL}${RESULT}`, { signal: AbortSignal.abort() }), { name: 'AbortError' });
});

test('nothing that the unit is asked leaves the page, unless it is to', async () => {
  const { fetch, asked } = networkOf();
  const local = createFetch(unitOf().unit, { fetch });
  assert.equal((await local(`${LOCALNET.CU_URL}${UNKNOWN}`)).status, 404);
  assert.deepEqual(asked, []);
});

test('what the unit does not have is asked of the network, if it is to be', async () => {
  const { fetch, asked } = networkOf();
  const local = createFetch(unitOf().unit, { fetch, passThrough: true });
  assert.equal((await local(`${LOCALNET.CU_URL}${UNKNOWN}`)).status, 418);
  assert.equal((await local(`${LOCALNET.GATEWAY_URL}/${'y'.repeat(43)}`)).status, 418);
  const query = (given) => ({ method: 'POST', body: JSON.stringify({ query: `{ transactions(${given}) { edges { node { id } } } }` }) });
  assert.equal((await local(`${LOCALNET.GATEWAY_URL}/graphql`, query('owners: ["nobody"]'))).status, 418);
  assert.equal(asked.length, 3);
  assert.equal((await local(`${LOCALNET.GATEWAY_URL}/graphql`, query(`ids: ["${HELLO}"]`))).status, 200);
  assert.equal((await local(`${LOCALNET.CU_URL}/result/${HELLO}`)).status, 400);
  assert.equal(asked.length, 3);
});

test('what reads is asked of the network, and what writes stays here, unless it may go, too', async () => {
  const reads = [
    [`${LOCALNET.CU_URL}${UNKNOWN}`],
    [`${LOCALNET.CU_URL}${UNKNOWN}`, { method: 'HEAD' }],
    [`${LOCALNET.CU_URL}/dry-run?process-id=${'x'.repeat(43)}`, { method: 'POST', body: '{"Owner":"1"}' }],
    [`${LOCALNET.GATEWAY_URL}/graphql`, { method: 'POST', body: '{"query":"{ transaction(id: \\"x\\") { id } }"}' }],
  ];
  const elsewhere = `${'x'.repeat(42)}A`;
  const { raw } = await createDataItem({ data: 'x', target: elsewhere, tags: PROTOCOL }, key);
  const unknown = () => {
    throw new UnitError('PROCESS_NOT_FOUND', `process ${elsewhere} is not in this unit`);
  };
  const writes = [
    [LOCALNET.MU_URL, { method: 'POST', body: raw }],
    [LOCALNET.SU_URL, { method: 'POST', body: raw }],
    [`${LOCALNET.MU_URL}/monitor/${elsewhere}`, { method: 'DELETE', body: raw }],
  ];
  for (const [passThrough, read, written] of [['reads', 418, 404], [true, 418, 418], [false, 404, 404]]) {
    const { fetch } = networkOf();
    const local = createFetch(unitOf({ accept: unknown }).unit, { fetch, passThrough });
    for (const request of writes) assert.equal((await local(...request)).status, written, `${passThrough} ${request[0]}`);
    // A query that finds nothing is no refusal.
    const nothing = ([url]) => (url.endsWith('/graphql') && read === 404 ? 200 : read);
    for (const request of reads) assert.equal((await local(...request)).status, nothing(request), `${passThrough} ${request[0]}`);
  }
});

test('what may pass is said in a word that is known', () => {
  for (const passThrough of ['read', 'writes', 1, null]) {
    assert.throws(() => createFetch(unitOf().unit, { passThrough }), { code: 'ARGUMENT_INVALID', message: /passThrough is 'reads'/ });
  }
});

test('a body that is passed on is whole', async () => {
  const { fetch } = networkOf(async (request) => new Response(await request.text()));
  const local = createFetch(unitOf().unit, { fetch, passThrough: true });
  const url = `${LOCALNET.CU_URL}/dry-run?process-id=${'x'.repeat(43)}`;
  assert.equal(await (await local(url, { method: 'POST', body: '{"Owner":"1"}' })).text(), '{"Owner":"1"}');
});

test('where there is no network, what the unit says stands', async () => {
  const { fetch } = networkOf(() => Promise.reject(new TypeError('Failed to fetch')));
  const local = createFetch(unitOf().unit, { fetch, passThrough: true });
  const response = await local(`${LOCALNET.CU_URL}${UNKNOWN}`);
  assert.equal(response.status, 404);
  assert.match((await response.json()).error, /is not in this unit/);
});

test('an address that is none is refused at once', () => {
  assert.throws(() => createFetch(unitOf().unit, { SU_URL: 'here' }), { code: 'ARGUMENT_INVALID' });
});
