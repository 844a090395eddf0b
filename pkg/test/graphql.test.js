import { test } from 'node:test';
import assert from 'node:assert/strict';
import { blockId } from '../build/network/chain.js';
import { execute } from '../build/network/graphql/execute.js';
import { gatewayRoot } from '../build/network/graphql/gateway-root.js';
import { GATEWAY } from '../build/network/graphql/gateway-schema.js';
import { parseDocument } from '../build/network/graphql/parser.js';
import { Holdings } from '../build/network/holdings.js';
import { assignmentId, CHAIN, doubleOf, HELLO, IMAGE, MODULE, NOTICE, OWNER, PROCESS, timeOf, UNIT } from './network-double.js';

const SU_URL = 'http://localhost:4003';

/** The gateway of a double; `query` answers `data`, or throws what is wrong. */
function gatewayOf(overrides) {
  const { unit, asked } = doubleOf(overrides);
  const root = gatewayRoot(new Holdings(unit, SU_URL));
  const ask = (query, variables, operationName) => execute(GATEWAY, root, { query, variables, operationName });
  const query = async (...request) => {
    const { data, errors } = await ask(...request);
    if (errors) throw errors[0];
    return data;
  };
  const ids = async (given) => {
    const { transactions } = await query(`{ transactions(${given}) { edges { node { id } } } }`);
    return transactions.edges.map(({ node }) => node.id);
  };
  /** What is wrong with a query, as it stands in `errors`. */
  const error = async (...request) => {
    const { data, errors } = await ask(...request);
    assert.equal(data, undefined, 'nothing was wrong');
    return JSON.parse(JSON.stringify(errors))[0];
  };
  return { asked, error, ids, query };
}

test('a module is a transaction with the tags of one', async () => {
  const { query, asked } = gatewayOf();
  const { transactions } = await query(
    `query GetTransactions ($transactionIds: [ID!]!) {
      transactions(ids: $transactionIds) {
        edges { node { owner { address } tags { name value } block { id height timestamp } } }
      }
    }`,
    { transactionIds: [MODULE] },
  );
  const [{ node }] = transactions.edges;
  const tags = Object.fromEntries(node.tags.map(({ name, value }) => [name, value]));
  assert.deepEqual(
    [tags['Data-Protocol'], tags.Type, tags['Input-Encoding'], tags['Output-Encoding'], tags['Content-Type']],
    ['ao', 'Module', 'JSON-1', 'JSON-1', 'application/wasm'],
  );
  assert.ok(tags['Module-Format'] && tags['Memory-Limit'] && tags['Compute-Limit']);
  assert.deepEqual([node.owner, node.block], [{ address: '' }, null]);
  assert.deepEqual(asked.map(([verb]) => verb), ['modules']);
});

test('a message is a transaction with all that clients ask for', async () => {
  const { query } = gatewayOf();
  const { transaction } = await query(`{
    transaction(id: "${HELLO}") {
      __typename id anchor signature recipient owner { address key } fee { winston ar } quantity { winston ar }
      data { size type } tags { name value } block { timestamp } block { id height previous } parent { id } bundledIn { id }
    }
  }`);
  assert.deepEqual(transaction, {
    __typename: 'Transaction',
    id: HELLO,
    anchor: 'a'.repeat(32),
    signature: 'signature of 1',
    recipient: PROCESS,
    owner: { address: OWNER, key: 'key' },
    fee: { winston: '0', ar: '0.000000000000' },
    quantity: { winston: '0', ar: '0.000000000000' },
    data: { size: '6', type: 'text/plain' },
    tags: [
      { name: 'Data-Protocol', value: 'ao' },
      { name: 'Type', value: 'Message' },
      { name: 'Action', value: 'Hello' },
      { name: 'Content-Type', value: 'text/plain' },
    ],
    block: {
      timestamp: Math.floor(timeOf(1) / 1000),
      id: await blockId(CHAIN.startHeight + 1),
      height: CHAIN.startHeight + 1,
      previous: await blockId(CHAIN.startHeight),
    },
    parent: null,
    bundledIn: null,
  });
});

test('bytes that are no text are counted as bytes', async () => {
  const { query } = gatewayOf();
  const { transaction } = await query(`{ transaction(id: "${IMAGE}") { data { size type } } }`);
  assert.deepEqual(transaction.data, { size: '5', type: 'image/png' });
});

test('what is not there is null, or is not listed', async () => {
  const { query } = gatewayOf();
  const answer = await query(`{
    one: transaction(id: "nothing") { id }
    many: transactions(ids: ["nothing", "${HELLO}"]) { edges { node { id } } pageInfo { hasNextPage } count }
    block(id: "nothing") { height }
  }`);
  assert.deepEqual(answer, {
    one: null,
    many: { edges: [{ node: { id: HELLO } }], pageInfo: { hasNextPage: false }, count: '1' },
    block: null,
  });
});

test('transactions are found by tags, owners, recipients and heights, and every filter counts', async () => {
  const { ids } = gatewayOf();
  const action = (values, op = 'EQ') => `{ name: "Action", values: ${JSON.stringify(values)}, op: ${op} }`;
  assert.deepEqual(await ids(`tags: [${action(['Hello', 'Image'])}], sort: HEIGHT_ASC`), [HELLO, IMAGE]);
  assert.deepEqual(await ids(`tags: [${action(['Hello'], 'NEQ')}], sort: HEIGHT_ASC`), [IMAGE, NOTICE]);
  assert.deepEqual(await ids(`tags: ${action(['Hello'])}`), [HELLO]);
  assert.deepEqual(await ids(`tags: [${action(['Hello'])}, { name: "Type", values: ["Process"] }]`), []);
  assert.deepEqual(await ids(`owners: ["${OWNER}"], sort: HEIGHT_ASC`), [PROCESS, HELLO, IMAGE]);
  assert.deepEqual(await ids(`recipients: ["${PROCESS}"]`), [NOTICE, IMAGE, HELLO]);
  const heights = `min: ${CHAIN.startHeight + 1}, max: ${CHAIN.startHeight + 2}`;
  assert.deepEqual(await ids(`owners: ["${OWNER}"], block: { ${heights} }`), [IMAGE, HELLO]);
  assert.deepEqual(await ids('bundledIn: ["x"]'), []);
  assert.deepEqual(await ids(`ids: ["${IMAGE}", "${PROCESS}", "${HELLO}"], sort: HEIGHT_ASC`), [PROCESS, HELLO, IMAGE]);
  assert.deepEqual(await ids('tags: [], first: 100, sort: HEIGHT_ASC, owners: ["nobody"]'), []);
});

test('an empty list filters nothing', async () => {
  const { ids, query } = gatewayOf();
  const page = 'first: 100, sort: HEIGHT_ASC';
  const all = await ids(page);
  assert.ok(all.length > 3);
  for (const filter of ['ids', 'owners', 'recipients', 'tags', 'bundledIn']) assert.deepEqual(await ids(`${filter}: [], ${page}`), all, filter);
  assert.deepEqual(await ids(`ids: [], owners: ["${OWNER}"], recipients: [], tags: [], ${page}`), [PROCESS, HELLO, IMAGE]);
  const blocks = async (filter) => (await query(`{ blocks(${filter}first: 5) { edges { node { height } } } }`)).blocks;
  assert.deepEqual(await blocks('ids: [], '), await blocks(''));
});

test('assignments are transactions, too', async () => {
  const { ids } = gatewayOf();
  const tags = `[{ name: "Type", values: ["Assignment"] }, { name: "Message", values: ["${HELLO}"] }]`;
  assert.deepEqual(await ids(`tags: ${tags}`), [assignmentId(1)]);
  assert.deepEqual(await ids(`ids: ["${assignmentId(2)}"]`), [assignmentId(2)]);
});

test("the scheduler's address has a location", async () => {
  const { query } = gatewayOf();
  const { transactions } = await query(
    `query ($owner: String!) {
      transactions (
        owners: [$owner]
        tags: [{ name: "Data-Protocol", values: ["ao"] }, { name: "Type", values: ["Scheduler-Location"] }]
        # The newest
        sort: HEIGHT_DESC
        first: 1
      ) { edges { node { tags { name value } } } }
    }`,
    { owner: UNIT },
  );
  const { tags } = transactions.edges[0].node;
  assert.equal(tags.find(({ name }) => name === 'Url').value, SU_URL);
  assert.ok(Number(tags.find(({ name }) => name === 'Time-To-Live').value) > 0);
});

test('pages go on after their cursors, in either direction', async () => {
  const { query } = gatewayOf();
  const page = async (sort, after) => {
    const { transactions } = await query(
      `query ($after: String, $sort: SortOrder) {
        transactions(owners: ["${OWNER}"], first: 2, after: $after, sort: $sort) {
          pageInfo { hasNextPage } edges { cursor node { id } }
        }
      }`,
      { after, sort },
    );
    return transactions;
  };
  for (const [sort, order] of [['HEIGHT_ASC', [PROCESS, HELLO, IMAGE]], ['HEIGHT_DESC', [IMAGE, HELLO, PROCESS]]]) {
    const first = await page(sort);
    assert.deepEqual([first.edges.map(({ node }) => node.id), first.pageInfo.hasNextPage], [order.slice(0, 2), true]);
    const rest = await page(sort, first.edges[1].cursor);
    assert.deepEqual([rest.edges.map(({ node }) => node.id), rest.pageInfo.hasNextPage], [order.slice(2), false]);
  }
  await assert.rejects(page('HEIGHT_ASC', 'strange'), /Cursor "strange" is none that this query gave/);
});

test('what is selected twice under one name has the same arguments', async () => {
  const { error, query } = gatewayOf();
  const differing = await error('{ transactions(first: 1) { edges { cursor } } transactions(first: 2) { edges { cursor } } }');
  assert.match(differing.message, /Fields "transactions" conflict because they have differing arguments/);
  const { transactions } = await query('{ transactions(first: 1) { edges { cursor } } transactions(first: 1) { pageInfo { hasNextPage } } }');
  assert.equal(transactions.edges.length, 1);
  assert.equal(transactions.pageInfo.hasNextPage, true);
});

test('logs are read on from where they were read to', async () => {
  const { ids, asked } = gatewayOf();
  await Promise.all([ids('first: 1'), ids('first: 1')]);
  await ids('first: 1');
  const listings = asked.filter(([verb]) => verb === 'log').map(([, , listing]) => JSON.parse(listing).from);
  // Each time from the last entry that is known, to see that it still is.
  assert.deepEqual(listings, [undefined, '2', '2']);
});

test('blocks are those of the chain, by height, by id, or the newest', async () => {
  const { query } = gatewayOf();
  const { blocks } = await query('{ blocks(height: { min: 1003 }, first: 3, sort: HEIGHT_ASC) { edges { node { id height timestamp previous } cursor } pageInfo { hasNextPage } } }');
  assert.deepEqual(blocks.edges.map(({ node }) => node.height), [1003, 1004, 1005]);
  assert.equal(blocks.edges[0].node.timestamp, (CHAIN.startTime + 3 * CHAIN.interval) / 1000);
  assert.equal(blocks.edges[1].node.previous, blocks.edges[0].node.id);
  assert.match(blocks.edges[0].node.id, /^[\w-]{64}$/);
  assert.equal(blocks.pageInfo.hasNextPage, true);
  const { id } = blocks.edges[2].node;
  const more = await query(`{
    next: blocks(height: { min: 1003, max: 1006 }, sort: HEIGHT_ASC, after: "${blocks.edges[2].cursor}") { edges { node { height } } }
    newest: blocks(first: 1) { edges { node { height } } }
    named: blocks(ids: ["${id}", "nothing"]) { edges { node { height } } }
    one: block(id: "${id}") { height }
    tip: block { height }
    beyond: blocks(height: { min: 2000 }) { edges { node { height } } }
  }`);
  const heights = ({ edges }) => edges.map(({ node }) => node.height);
  assert.deepEqual(
    [heights(more.next), heights(more.newest), heights(more.named), more.one.height, more.tip.height, heights(more.beyond)],
    [[1006], [1010], [1005], 1005, 1010, []],
  );
});

test('aliases, fragments, directives and defaults are understood', async () => {
  const { query } = gatewayOf();
  const answer = await query(
    `query First { transactions { edges { cursor } } }
    query Second($id: ID = "${HELLO}", $with: Boolean!) {
      mine: transaction(id: $id) { ...Whose, ... on Transaction @include(if: $with) { recipient } ... { id @skip(if: $with) } }
    }
    fragment Whose on Transaction { owner { ...Address } }
    fragment Address on Owner { address }`,
    { with: true },
    'Second',
  );
  assert.deepEqual(answer, { mine: { owner: { address: OWNER }, recipient: PROCESS } });
});

test('what is written as text is read as text', () => {
  const [{ selections }] = parseDocument('\uFEFF{ f(a: "\\"q\\" \\u00e9\\n", b: """\n    one\n      "two"\n  """, c: -1.5e3, d: [1, true, null, X]) }').operations;
  const values = selections[0].arguments.map(({ value }) => value.value ?? value.values.map((each) => each.value ?? each.name));
  assert.deepEqual(values, ['"q" é\n', 'one\n  "two"', -1500, [1, true, undefined, 'X']]);
});

test('a query that is wrong is told what, and where', async () => {
  const { error } = gatewayOf();
  const wrong = [
    ['{ transactions { edges { node { idd } } } }', 'Cannot query field "idd" on type "Transaction".', [1, 33]],
    ['{\n  nothing { id }\n}', 'Cannot query field "nothing" on type "Query".', [2, 3]],
    ['{ __schema { types { name } } }', 'Cannot query field "__schema" on type "Query".', [1, 3]],
    ['{ transactions }', /Field "transactions" of type "TransactionConnection!" must have a selection/, [1, 3]],
    ['{ transaction(id: "x") { id { x } } }', /Field "id" must not have a selection since type "ID!"/, [1, 26]],
    ['{ transaction { id } }', /Argument "id" of required type "ID!" was not provided/, [1, 3]],
    ['{ transactions(id: "x") { count } }', 'Unknown argument "id" on field "Query.transactions".', [1, 16]],
    ['{ transactions(first: "x") { count } }', 'Expected value of type "Int", found "x".', [1, 16]],
    ['{ transactions(ids: [null]) { count } }', 'Expected value of type "ID!", found null.', [1, 16]],
    ['{ transactions(sort: UP) { count } }', /Value "UP" does not exist in "SortOrder" enum/, [1, 16]],
    ['{ transactions(tags: [{ name: "x" }]) { count } }', /Field "TagFilter.values" of required type/, [1, 16]],
    ['{ transactions(tags: [{ name: "x", values: [], also: 1 }]) { count } }', /Field "also" is not defined/, [1, 16]],
    ['{ transactions(tags: ["x"]) { count } }', /Expected value of type "TagFilter" to be an object/, [1, 16]],
    ['{ transactions(ids: $ids) { count } }', 'Variable "$ids" is not defined.', [1, 21]],
    ['query ($ids: [ID!]!) { transactions(ids: $ids) { count } }', /Variable "\$ids" of required type/, [1, 8]],
    ['query ($x: Thing) { transactions { count } }', 'Unknown type "Thing".', [1, 8]],
    ['{ ...Missing }', 'Unknown fragment "Missing".', [1, 3]],
    ['{ ...A } fragment A on Query { ...A }', /Cannot spread fragment "A" within itself/, [1, 32]],
    ['{ ... on Block { id } }', /can never be of type "Block"/, [1, 3]],
    ['{ transactions { count @often } }', 'Unknown directive "@often".', [1, 24]],
    ['{ a: transactions { count } a: blocks { pageInfo { hasNextPage } } }', /Fields "a" conflict/, [1, 29]],
    ['mutation { x }', 'Schema is not configured to execute mutation operation.', [1, 1]],
    ['{ transactions(', 'Syntax Error: Expected Name, found "<EOF>".', [1, 16]],
    ['{ }', 'Syntax Error: Expected Name, found "}".', [1, 3]],
    ['{ a(b: %) }', 'Syntax Error: Unexpected character: "%".', [1, 8]],
    ['{ a(b: "x\n") }', /Unexpected character/, [1, 8]],
    ['hello', 'Syntax Error: Unexpected "hello".', [1, 1]],
    [`{ a(b: ${'['.repeat(100)}) }`, /nested deeper than 64/, undefined],
  ];
  for (const [query, words, place] of wrong) {
    const { message, locations } = await error(query);
    if (typeof words === 'string') assert.equal(message, words);
    else assert.match(message, words, query);
    if (place) assert.deepEqual(locations, [{ line: place[0], column: place[1] }], query);
  }
  assert.match((await error('query A { block { id } } query B { block { id } }')).message, /Must provide operation name/);
  assert.match((await error('query A { block { id } }', {}, 'B')).message, /Unknown operation named "B"/);
  assert.match((await error('fragment F on Query { block { id } }')).message, /no operation/);
  const variable = await error('query ($n: Int) { transactions(first: $n) { count } }', { n: 'many' });
  assert.equal(variable.message, 'Variable "$n" got an invalid value: Expected value of type "Int", found "many".');
});
