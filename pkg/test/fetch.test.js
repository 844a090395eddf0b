import { test } from 'node:test';
import assert from 'node:assert/strict';
import { Network } from '../build/network/network.js';
import { LEGACYNET, LOCALNET } from '../build/network/addresses.js';
import { createDataItem } from '../build/data-item.js';
import { UnitError } from '../build/error.js';
import { createDataItemSigner } from '../build/signer.js';
import { generateWallet } from '../build/wallet.js';
import {
  assignmentId, CHAIN, doubleOf, HELLO, IMAGE, MODULE, NOTICE, NOW, OWNER, PROCESS, timeOf, UNIT,
} from './network-double.js';

const [CU, MU, SU, GATEWAY] = ['CU_URL', 'MU_URL', 'SU_URL', 'GATEWAY_URL'].map((name) => LOCALNET[name]);
const UNKNOWN = 'x'.repeat(43);

/** Asks the network of a double; answers status, type, and what the body says. */
function networkOf(overrides, addresses = LOCALNET) {
  const { unit, asked } = doubleOf(overrides);
  const network = new Network(async () => unit, addresses);
  const ask = async (url, init) => {
    const destination = network.find(new URL(url));
    if (!destination) return undefined;
    const response = await network.answer(destination, new Request(url, init));
    const type = response.headers.get('content-type')?.split(';')[0];
    const body = type === 'application/json' ? await response.json() : await response.text();
    return { status: response.status, type, body, headers: response.headers };
  };
  return { ask, asked, network };
}

const post = (body, headers) => ({ method: 'POST', body, headers });
const signer = createDataItemSigner(await generateWallet({ keep: false }));
const item = async (named, target = PROCESS) =>
  (await createDataItem({ data: 'x', target, tags: Object.entries(named).map(([name, value]) => ({ name, value })) }, signer)).raw;

test('the compute unit says who it is', async () => {
  const { ask } = networkOf();
  const { status, body } = await ask(CU);
  assert.equal(status, 200);
  assert.equal(body.address, UNIT);
  assert.ok(Math.abs(body.timestamp - Date.now()) < 10_000);
});

test('an outcome is answered as the unit has it', async () => {
  const { ask } = networkOf();
  const { status, type, body, headers } = await ask(`${CU}/result/${HELLO}?process-id=${PROCESS}&no-busy=1`);
  assert.deepEqual([status, type], [200, 'application/json']);
  assert.deepEqual(body, { Output: { data: '1' }, Messages: [], Spawns: [], Assignments: [], GasUsed: 7 });
  assert.equal(headers.get('access-control-allow-origin'), '*');
});

test('what the unit refuses has the status of its code, and its words', async () => {
  const { ask } = networkOf();
  const refusals = [
    [`${CU}/result/${HELLO}?process-id=${UNKNOWN}`, 404, /is not in this unit/],
    [`${CU}/result/${UNKNOWN}?process-id=${PROCESS}`, 404, /is not in the log/],
    [`${CU}/result/${HELLO}`, 400, /no process-id/],
    [`${CU}/results/${UNKNOWN}`, 404, /is not in this unit/],
    [`${CU}/results/${PROCESS}?sort=asc`, 400, /sort is ASC or DESC, not "asc"/],
    [`${CU}/results/${PROCESS}?limit=0`, 400, /limit is a whole number from 1 on, not "0"/],
    [`${CU}/cron/${PROCESS}?limit=many`, 400, /limit/],
    [`${CU}/cron/${UNKNOWN}`, 404, /is not in this unit/],
    [`${CU}/state/${PROCESS}`, 501, /exportProcess/],
    [`${CU}/nothing/here`, 404, /the compute unit has no route \/nothing\/here/],
    [`${SU}/${HELLO}`, 400, /no process-id/],
    [`${SU}/${UNKNOWN}?process-id=${PROCESS}`, 404, /is not in the log of process P/],
    [`${SU}/${HELLO}?process-id=${UNKNOWN}`, 404, /is not in this unit/],
    [`${SU}/${PROCESS}?limit=-1`, 400, /limit/],
    [`${SU}/?process-id=${UNKNOWN}`, 404, /is not in this unit/],
    [`${SU}/processes/${UNKNOWN}`, 404, /is not in this unit/],
    [`${SU}/${UNKNOWN}/latest`, 404, /is not in this unit/],
    [`${GATEWAY}/${UNKNOWN}`, 404, /nothing in this unit has the id x/],
    [`${GATEWAY}/raw/${MODULE}`, 404, /its machine stands for it/],
    [`${GATEWAY}/tx/${UNKNOWN}`, 404, /nothing in this unit/],
    [`${GATEWAY}/tx/${UNKNOWN}/status`, 404, /nothing in this unit/],
    [`${GATEWAY}/graphql`, 400, /there is no query/],
  ];
  for (const [url, status, words] of refusals) {
    const answer = await ask(url);
    assert.equal(answer.status, status, url);
    assert.deepEqual(Object.keys(answer.body), ['error'], url);
    assert.match(answer.body.error, words, url);
  }
});

test('what a route does not take is refused with what it takes', async () => {
  const { ask } = networkOf();
  const { status, body } = await ask(`${CU}/results/${PROCESS}`, { method: 'DELETE' });
  assert.equal(status, 405);
  assert.match(body.error, /takes no DELETE at \/results\/P+A: it takes GET/);
  const preflight = await ask(`${MU}/monitor/${PROCESS}`, { method: 'OPTIONS' });
  assert.equal(preflight.status, 204);
  assert.equal(preflight.headers.get('access-control-allow-methods'), 'POST, DELETE');
});

test('HEAD is GET without the body', async () => {
  const { ask } = networkOf();
  const { status, type, body } = await ask(`${GATEWAY}/${IMAGE}`, { method: 'HEAD' });
  assert.deepEqual([status, type, body], [200, 'image/png', '']);
});

test('outcomes are listed as they are asked for, and what a client left out is left out', async () => {
  const { ask, asked } = networkOf();
  const { body } = await ask(`${CU}/results/${PROCESS}?from=&to=5&limit=2&sort=DESC`);
  assert.equal(body.edges.length, 2);
  assert.equal(body.pageInfo.hasNextPage, true);
  assert.deepEqual(asked, [['results', PROCESS, JSON.stringify({ to: '5', limit: 2, sort: 'DESC' })]]);
  assert.equal((await ask(`${CU}//results/${PROCESS}`)).status, 200);
});

test('the outcomes of a cron are those of its ticks, by the page', async () => {
  const { ask } = networkOf();
  const first = (await ask(`${CU}/cron/${PROCESS}?limit=2`)).body;
  assert.deepEqual(first.edges.map(({ node }) => node.Output.data), ['tick 0', 'tick 1']);
  assert.equal(first.pageInfo.hasNextPage, true);
  const rest = (await ask(`${CU}/cron/${PROCESS}?limit=2&from=${encodeURIComponent(first.edges[1].cursor)}`)).body;
  assert.deepEqual(rest.edges.map(({ node }) => node.Output.data), ['tick 2']);
  assert.equal(rest.pageInfo.hasNextPage, false);
});

test('a dry-run is made of the body, now or after a message', async () => {
  const { ask, asked } = networkOf();
  const body = JSON.stringify({ Id: '1234', Owner: '1234', Data: 'x', Tags: [] });
  const url = `${CU}/dry-run?process-id=${PROCESS}`;
  assert.equal((await ask(url, post(body))).body.Output.data, 'dry now');
  assert.deepEqual(asked, [['dryrun', PROCESS, body, undefined]]);
  assert.equal((await ask(`${url}&to=${HELLO}`, post(body))).body.Output.data, 'dry 1');
});

test('a dry-run without a message, a process or an owner is refused', async () => {
  const { ask } = networkOf();
  const url = `${CU}/dry-run?process-id=${PROCESS}`;
  for (const [where, body, status] of [
    [url, '', 400],
    [url, 'no JSON', 400],
    [url, '[]', 400],
    [url, 'null', 400],
    [url, '{}', 400],
    [`${CU}/dry-run`, '{"Owner":"1"}', 400],
    [`${CU}/dry-run?process-id=${UNKNOWN}`, '{"Owner":"1"}', 404],
    [`${url}&to=${UNKNOWN}`, '{"Owner":"1"}', 404],
  ]) {
    const answer = await ask(where, post(body));
    assert.equal(answer.status, status, `${where} ${body}`);
    assert.equal(typeof answer.body.error, 'string');
  }
});

test('the messenger takes items and assignments', async () => {
  const { ask, asked } = networkOf();
  const raw = await item({ 'Data-Protocol': 'ao', Type: 'Message' });
  const taken = await ask(MU, post(raw, { 'Content-Type': 'application/octet-stream' }));
  assert.deepEqual([taken.status, taken.body], [202, { message: 'Processing DataItem', id: HELLO }]);
  assert.deepEqual(asked[0], ['accept', new Uint8Array(raw)]);

  const query = `process-id=${PROCESS}&assign=${HELLO}`;
  const assigned = await ask(`${MU}/?${query}&base-layer&exclude=Data,Tags`, { method: 'POST' });
  assert.deepEqual([assigned.status, assigned.body], [202, { message: 'Processing Assignment', id: HELLO }]);
  assert.deepEqual(asked.at(-1), ['assign', PROCESS, HELLO, ['Data', 'Tags']]);
  await ask(`${MU}?${query}&exclude=`, { method: 'POST' });
  assert.deepEqual(asked.at(-1), ['assign', PROCESS, HELLO, []]);
});

test('the messenger refuses what is no item of ao, and half an assignment', async () => {
  const { ask, asked } = networkOf();
  const refused = [
    [post(''), /'body': A valid and signed data item/],
    [post('nonsense'), /'body': A valid and signed data item/],
    [post(await item({ Type: 'Message' })), /Tag 'Data-Protocol': must contain 'ao'/],
    [post(await item({ 'Data-Protocol': 'ao', Type: 'Assignment' })), /Tag 'Type': must be either/],
    [post(await item({ 'Data-Protocol': 'ao' })), /Tag 'Type': must be either/],
  ];
  for (const unit of [MU, SU]) {
    for (const [init, words] of refused) {
      const { status, body } = await ask(unit, init);
      assert.equal(status, 400);
      assert.match(body.error, words);
    }
  }
  for (const half of [`process-id=${PROCESS}`, `assign=${HELLO}`]) {
    const { status, body } = await ask(`${MU}?${half}`, { method: 'POST' });
    assert.equal(status, 400);
    assert.match(body.error, /You must set both process-id and assign/);
    assert.equal((await ask(`${SU}?${half}`, { method: 'POST' })).status, 400);
  }
  assert.equal((await ask(`${MU}?process-id=${PROCESS}&assign=${UNKNOWN}`, { method: 'POST' })).status, 404);
  assert.deepEqual(asked.map(([verb]) => verb), ['assign']);
});

test('the messenger monitors for whoever signs', async () => {
  const { ask, asked } = networkOf();
  const url = `${MU}/monitor/${PROCESS}`;
  const on = await ask(url, post('signed'));
  assert.deepEqual([on.status, on.type, on.body], [200, 'text/plain', 'Monitoring process']);
  const off = await ask(url, { method: 'DELETE', body: 'signed' });
  assert.deepEqual([off.status, off.body], [200, 'Process deleted']);
  assert.deepEqual(asked.filter(([verb]) => verb === 'monitor'), [['monitor', PROCESS, true], ['monitor', PROCESS, false]]);
  assert.equal((await ask(url, { method: 'POST' })).status, 400);
  assert.equal((await ask(`${MU}/monitor/${UNKNOWN}`, post('signed'))).status, 404);
});

test('the messenger says that it is one, and has nothing to push', async () => {
  const { ask } = networkOf();
  assert.deepEqual((await ask(MU)).body, 'ao messenger unit');
  assert.equal((await ask(`${MU}/push/${HELLO}/0`, { method: 'POST' })).status, 202);
  assert.equal((await ask(`${MU}/push/${UNKNOWN}/0`, { method: 'POST' })).status, 404);
});

test('the scheduler tells the time, with or without a process', async () => {
  const { ask } = networkOf();
  const here = { timestamp: String(NOW), address: UNIT };
  assert.deepEqual((await ask(SU)).body, here);
  assert.deepEqual((await ask(`${SU}?process-id=${PROCESS}`)).body, here);
  assert.deepEqual((await ask(`${SU}/timestamp`)).body, { timestamp: String(NOW), block_height: '000000001010' });
});

test('the scheduler lists a log by time and by nonce', async () => {
  const { ask } = networkOf();
  const cursors = async (query) => {
    const { body } = await ask(`${SU}/${PROCESS}?${query}`);
    return [body.edges.map(({ cursor }) => Number(cursor)), body.page_info.has_next_page];
  };
  assert.deepEqual(await cursors(`process-id=${PROCESS}`), [[0, 1, 2, 3].map(timeOf), false]);
  assert.deepEqual(await cursors(`from=${timeOf(0)}&to=${timeOf(1)}&limit=undefined`), [[timeOf(1)], false]);
  assert.deepEqual(await cursors('limit=2'), [[0, 1].map(timeOf), true]);
  assert.deepEqual(await cursors('from-nonce=1&to-nonce=2'), [[2], false]);
  assert.deepEqual(await cursors('from-nonce=-1&limit=1'), [[0], true]);
});

test('the scheduler has single messages, processes, and the latest', async () => {
  const { ask } = networkOf();
  const { body: one } = await ask(`${SU}/${HELLO}?process-id=${PROCESS}`);
  assert.deepEqual(Object.keys(one), ['message', 'assignment']);
  assert.equal(one.message.data, 'hällo');
  assert.equal(one.assignment.id, assignmentId(1));
  assert.equal((await ask(`${SU}/${PROCESS}/latest`)).body.message.id, NOTICE);
  const { body: process } = await ask(`${SU}/processes/${PROCESS}`);
  assert.deepEqual(Object.keys(process), [
    'process_id', 'block', 'owner', 'tags', 'timestamp', 'data', 'anchor', 'signature', 'target',
  ]);
  assert.deepEqual([process.process_id, process.block, process.timestamp], [PROCESS, '000000001000', timeOf(0)]);
  assert.deepEqual([process.owner, process.data], [{ address: OWNER, key: 'key' }, 'return 1']);
});

test('the scheduler takes items and assignments, and says when', async () => {
  const { ask, asked } = networkOf();
  const raw = await item({ 'Data-Protocol': 'ao', Type: 'Message' });
  assert.deepEqual((await ask(SU, post(raw))).body, { timestamp: timeOf(1), id: HELLO });
  const assigned = await ask(`${SU}/?process-id=${PROCESS}&assign=${IMAGE}&exclude=Data`, { method: 'POST' });
  assert.deepEqual(assigned.body, { timestamp: timeOf(2), id: IMAGE });
  assert.deepEqual(asked.find(([verb]) => verb === 'assign'), ['assign', PROCESS, IMAGE, ['Data']]);
});

test('the gateway has the data of messages, byte for byte, and their types', async () => {
  const { unit } = doubleOf();
  const network = new Network(async () => unit, LOCALNET);
  const get = async (path) => {
    const url = `${GATEWAY}${path}`;
    return network.answer(network.find(new URL(url)), new Request(url));
  };
  const image = await get(`/raw/${IMAGE}`);
  assert.equal(image.headers.get('content-type'), 'image/png');
  assert.deepEqual(new Uint8Array(await image.arrayBuffer()), new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0xff]));
  const hello = await get(`/${HELLO}`);
  assert.deepEqual([hello.headers.get('content-type'), await hello.text()], ['text/plain', 'hällo']);
  assert.equal((await get(`/${NOTICE}`)).headers.get('content-type'), 'application/octet-stream');
  assert.equal(await (await get(`/${assignmentId(1)}`)).text(), '');
  assert.equal(await (await get(`/tx/${HELLO}/data`)).text(), Buffer.from('hällo').toString('base64url'));
});

test('the gateway has transactions as nodes of Arweave do', async () => {
  const { ask } = networkOf();
  const { body } = await ask(`${GATEWAY}/tx/${HELLO}`);
  assert.deepEqual([body.format, body.id, body.target, body.owner, body.data_size], [2, HELLO, PROCESS, 'key', '6']);
  const [, , action] = body.tags;
  assert.deepEqual(Object.values(action).map((text) => Buffer.from(text, 'base64url').toString()), ['Action', 'Hello']);
  const { body: status } = await ask(`${GATEWAY}/tx/${HELLO}/status`);
  assert.deepEqual([status.block_height, status.number_of_confirmations], [CHAIN.startHeight + 1, 9]);
  assert.equal((await ask(`${GATEWAY}/info`)).body.height, CHAIN.startHeight + 10);
  assert.equal((await ask(`${GATEWAY}/height`)).body, String(CHAIN.startHeight + 10));
});

test('addresses may have a path, and lie below one another', async () => {
  const addresses = {
    GATEWAY_URL: 'https://one.example',
    MU_URL: 'https://one.example/mu/',
    SU_URL: new URL('https://one.example/su'),
    CU_URL: ['https://one.example/a/cu', 'https://two.example:8080/'],
  };
  const { network } = networkOf({}, addresses);
  const found = (url) => {
    const destination = network.find(new URL(url));
    return destination && `${destination.service} ${destination.path.join('/')}`;
  };
  assert.equal(found('https://one.example/mu'), 'MU_URL ');
  assert.equal(found('https://one.example/mu/monitor/x'), 'MU_URL monitor/x');
  assert.equal(found('https://one.example/museum'), 'GATEWAY_URL museum');
  assert.equal(found('https://one.example/su/processes/a%20b'), 'SU_URL processes/a b');
  assert.equal(found('https://one.example/a/cu//results/x'), 'CU_URL results/x');
  assert.equal(found('https://two.example:8080/results/x'), 'CU_URL results/x');
  assert.equal(found('https://two.example/results/x'), undefined);
  assert.equal(found('http://one.example/'), undefined);
  const { network: legacy } = networkOf({}, LEGACYNET);
  assert.equal(legacy.find(new URL('https://arweave.net/graphql')).service, 'GATEWAY_URL');
  assert.equal(legacy.find(new URL('https://su-router.ao-testnet.xyz?process-id=x')).service, 'SU_URL');
});

test('an address that is none is refused at once', () => {
  assert.throws(() => networkOf({}, { ...LOCALNET, CU_URL: 'cu.example' }), {
    code: 'ARGUMENT_INVALID',
    message: 'CU_URL "cu.example" is no address',
  });
});

test('a unit that does not open is a refusal, and is opened again by the next request', async () => {
  const { unit } = doubleOf();
  let attempts = 0;
  const open = async () => {
    attempts += 1;
    if (attempts === 1) throw Object.assign(new Error('another tab has it'), { code: 'UNIT_BUSY' });
    return unit;
  };
  const network = new Network(open, LOCALNET);
  const get = () => network.answer(network.find(new URL(SU)), new Request(SU));
  const refused = await get();
  assert.deepEqual([refused.status, await refused.json()], [500, { error: 'another tab has it' }]);
  assert.equal((await get()).status, 200);
  await get();
  assert.equal(attempts, 2);
});

test('a unit that crashed is opened anew by the next request', async () => {
  let opened = 0;
  const open = async () => {
    opened += 1;
    const crashes = { result: () => Promise.reject(new UnitError('CRASHED', 'its worker died')) };
    return doubleOf(opened === 1 ? crashes : {}).unit;
  };
  const network = new Network(open, LOCALNET);
  const url = `${CU}/result/${HELLO}?process-id=${PROCESS}`;
  const get = async () => (await network.answer(network.find(new URL(url)), new Request(url))).status;
  assert.deepEqual([await get(), await get(), await get(), opened], [500, 200, 200, 2]);
});
