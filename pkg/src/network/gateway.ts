import { encodeBase64Url } from '../base64url.js';
import { UnitError } from '../error.js';
import { blockId } from './chain.js';
import { execute, type GraphQLRequest } from './graphql/execute.js';
import { gatewayRoot } from './graphql/gateway-root.js';
import { GATEWAY } from './graphql/gateway-schema.js';
import { bytes, json, text } from './response.js';
import { Routes, type NetworkRequest } from './routes.js';
import { contentTypeOf } from './transaction.js';
import { statusOf, transactionJson } from './transaction-json.js';
import type { Holdings } from './holdings.js';

/** The routes of a gateway of Arweave, over what is in the unit. */
export function gateway(holdings: Holdings): Routes {
  const root = gatewayRoot(holdings);
  const queried = async (request: GraphQLRequest): Promise<Response> => {
    const answer = await execute(GATEWAY, root, request);
    return json(answer, answer.errors ? 400 : 200);
  };
  const data = async (id: string): Promise<Response> => {
    const transaction = await holdings.require(id);
    return bytes(await holdings.dataOf(transaction), contentTypeOf(transaction) ?? 'application/octet-stream');
  };

  return new Routes('gateway', {
    'GET /': async () => json(await infoOf(holdings)),
    'GET /info': async () => json(await infoOf(holdings)),
    'GET /height': async () => text(String((await holdings.chain()).height)),

    'POST /graphql': async (request) => queried(await graphqlIn(request)),
    'GET /graphql': async ({ query }) => {
      const [source, variables] = [query.get('query'), query.get('variables')];
      return queried(checked({ query: source, ...(variables !== null && { variables: parsed(variables) }) }));
    },

    'GET /raw/:id': async (_, { id = '' }) => data(id),
    'GET /tx/:id': async (_, { id = '' }) => {
      const transaction = await holdings.require(id);
      return json(transactionJson(transaction, await holdings.sizeOf(transaction)));
    },
    'GET /tx/:id/status': async (_, { id = '' }) =>
      json(await statusOf(await holdings.require(id), await holdings.chain())),
    'GET /tx/:id/data': async (_, { id = '' }) =>
      text(encodeBase64Url(await holdings.dataOf(await holdings.require(id)))),
    'GET /:id': async (_, { id = '' }) => data(id),
  });
}

/** What a gateway says of the network that it is of. */
async function infoOf(holdings: Holdings): Promise<object> {
  const { height } = await holdings.chain();
  const current = await blockId(height);
  return { network: 'ao-unit', version: 5, release: 0, height, current, blocks: height + 1, peers: 0 };
}

async function graphqlIn(request: NetworkRequest): Promise<GraphQLRequest> {
  return checked(parsed(new TextDecoder().decode(await request.bytes())));
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new UnitError('ARGUMENT_INVALID', `a query comes as JSON, and this is none: ${json.slice(0, 80)}`, { cause });
  }
}

/** @throws {@link UnitError} `ARGUMENT_INVALID` unless there is a query in it. */
function checked(request: unknown): GraphQLRequest {
  const { query } = Object(request ?? {}) as Partial<GraphQLRequest>;
  if (typeof query === 'string' && query !== '') return request as GraphQLRequest;
  throw new UnitError('ARGUMENT_INVALID', 'there is no query: send {"query":"…","variables":{…}}');
}
