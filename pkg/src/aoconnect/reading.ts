import { ArgumentCheck } from '../arguments.js';
import { asBytes } from '../bytes.js';
import { calling, checkResult, parse } from '../calls.js';
import { countOf, given } from '../network/listing.js';
import { dryRunTags } from '../tags.js';
import { asSent } from './sent.js';
import { answered, asCall, coded, doneAsZod, isRefusal } from './thrown.js';
import type { Data } from '../calls.js';
import type { Outcome, OutboxMessage, OutboxSpawn, Output, ResultsPage, Tag } from '../types.js';
import type { WaitOptions } from '../waiting.js';
import type { Local } from './connection.js';

/** What `result` takes. */
export interface ReadResultOptions extends WaitOptions {
  message: string;
  process: string;
}

/** What `results` takes. */
export interface ReadResultsOptions extends WaitOptions {
  process: string;
  /** A cursor, after which the list begins; or a time in milliseconds since 1970, as text. */
  from?: string | undefined;
  /** A cursor or a time, with which it ends. */
  to?: string | undefined;
  /** `'ASC'` if left out. */
  sort?: 'ASC' | 'DESC' | undefined;
  /** How many at most. 25 if left out. */
  limit?: number | undefined;
}

/** What `results` resolves to: of each outcome, what aoconnect leaves of it. */
export interface Results {
  edges: {
    cursor: string;
    node: { Output?: Output; Messages?: OutboxMessage[]; Spawns?: OutboxSpawn[]; Error?: string };
  }[];
}

/** What `dryrun` takes. Whatever else is in it is left out, as aoconnect leaves it out. */
export interface DryRunMessageOptions extends WaitOptions {
  process: string;
  tags?: Tag[] | undefined;
  data?: Data | undefined;
  anchor?: string | undefined;
  Id?: string;
  /** Whom the message is from. A dry-run is not signed, so it may be anybody. */
  Owner?: string;
  [field: string]: unknown;
}

/**
 * What `result` and `dryrun` resolve to. A process or a message that is not in the unit is `{ error }`, without the rest:
 * aoconnect hands on whatever a compute unit answers.
 */
export type Answered = Outcome & { error?: string };

export function resultOn({ open }: Local) {
  return asCall(({ message, process, ...wait }: ReadResultOptions) =>
    calling(open, wait, async (reach) => {
      checkResult(process, message);
      const { ask } = await reach();
      return answered(ask('result', asSent(process), asSent(message)).then((outcome) => parse<Answered>(outcome)));
    }),
  );
}

export function resultsOn({ open }: Local) {
  return asCall(({ process, from, to, sort, limit, ...wait }: ReadResultsOptions) =>
    calling(open, wait, async (reach): Promise<Results> => {
      new ArgumentCheck()
        .filled('process', process, 'process identifier is required')
        .optionalString('from', from)
        .optionalString('to', to)
        .optionalChoice('sort', sort, ['ASC', 'DESC'])
        .optional('number', 'limit', limit)
        .done();
      const { ask } = await reach();
      // What is empty or zero is not sent.
      const page = async () => {
        const count = limit ? countOf('limit', String(limit)) : undefined;
        const listing = { from: given(from), to: given(to), sort: sort ?? 'ASC', limit: count };
        return parse<ResultsPage>(await ask('results', asSent(process), JSON.stringify(listing)));
      };
      return bare(await page().catch(noEdges));
    }),
  );
}

export function dryrunOn({ open }: Local) {
  const dryrun = asCall((options: DryRunMessageOptions) => {
    const { wait, message } = dryRunMessage(options);
    return calling(open, wait, async (reach) => {
      checkDryRun(message);
      const json = written({ ...message, Tags: dryRunTags(message.Tags) });
      const { ask } = await reach();
      return answered(ask('dryrun', asSent(message.Target), json).then((outcome) => parse<Answered>(outcome)));
    });
  });
  // It alone rejects when there is nothing to be taken apart.
  return async (options: DryRunMessageOptions): Promise<Answered> => dryrun(options);
}

/** The six fields that are sent, in this order, with aoconnect's placeholders for what is not given. */
function dryRunMessage({ process, data, tags, anchor, timeout, signal, ...rest }: DryRunMessageOptions) {
  const { Id, Owner } = { Id: '1234', Owner: '1234', ...rest };
  // What is no text and no bytes becomes what JSON makes of it, as in aoconnect: of a Date its text, of most a refusal.
  const bytes = asBytes(data);
  const text = bytes ? new TextDecoder().decode(bytes) : data;
  const message = { Id, Target: process, Owner, Anchor: anchor || '0', Data: text || '1234', Tags: tags || [] };
  return { message, wait: { timeout, signal } };
}

/** @throws a `TypeError` of what JSON cannot write, a bigint or what holds itself. */
function written(message: object): string {
  try {
    return JSON.stringify(message);
  } catch (thrown) {
    throw coded(thrown, 'ARGUMENT_INVALID');
  }
}

function checkDryRun({ Id, Target, Owner, Anchor, Tags }: Record<string, unknown>): void {
  const check = new ArgumentCheck().string('Id', Id).string('Target', Target).string('Owner', Owner);
  doneAsZod(check.string('Anchor', Anchor).tags(['Tags'], Tags));
}

/** A list that was refused has no edges, and that is all that aoconnect says of it. */
function noEdges(thrown: unknown): never {
  if (!isRefusal(thrown)) throw thrown;
  const message = "Invalid Return 'edges': Required.";
  throw Object.assign(new Error(message, { cause: thrown }), { code: thrown.code });
}

function bare({ edges }: ResultsPage): Results {
  const picked = ({ Output, Messages, Spawns, Error }: Outcome) => ({
    Output,
    Messages,
    Spawns,
    ...(Error !== undefined && { Error }),
  });
  return { edges: edges.map(({ cursor, node }) => ({ cursor, node: picked(node) })) };
}
