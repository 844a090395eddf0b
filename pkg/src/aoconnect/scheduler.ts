import { ArgumentCheck } from '../arguments.js';
import { calling, parse } from '../calls.js';
import { UnitError } from '../error.js';
import { countOf, given } from '../network/listing.js';
import { asSent } from './sent.js';
import { answered, asCall, doneAsZod, isRefusal } from './thrown.js';
import type { Reach } from '../calls.js';
import type { Ask, WireLogPage, WireListing } from '../protocol.js';
import type { Found, LogEdge } from '../types.js';
import type { WaitOptions } from '../waiting.js';
import type { Local } from './connection.js';

/** What `getMessages` takes. */
export interface GetMessagesOptions extends WaitOptions {
  processId: string;
  /** The time in milliseconds since 1970, as text, after which the list begins. */
  from: string;
  /** The time with which it ends. */
  to: string;
  /** How many at most. `'1000'` if left out. */
  limit?: string | undefined;
}

/** What `getLastSlot` takes. */
export interface GetLastSlotOptions extends WaitOptions {
  processId: string;
  /** How many milliseconds to look back; `Infinity` for the whole log. Ten minutes if left out. */
  since?: number | undefined;
}

/** What `getMessageById` takes. */
export interface GetMessageByIdOptions extends WaitOptions {
  processId: string;
  messageId: string;
}

/** A message and its assignment, as schedulers of the network answer them. */
export type ScheduledMessage = LogEdge['node'];

/** A part of a log, as schedulers of the network answer it. */
export interface ScheduledMessages {
  page_info: { has_next_page: boolean };
  edges: LogEdge[];
}

/** A scheduler lists so many messages unless it is told otherwise, and aoconnect's `getMessages` so many. */
const PAGE = 100;
const MOST = 1000;
const TEN_MINUTES_MS = 10 * 60 * 1000;

export function getMessagesOn({ open }: Local) {
  return asCall((options: GetMessagesOptions): Promise<ScheduledMessages> => {
    const { processId, from, to, limit, ...wait } = checked(options, (check, { processId, from, to, limit }) =>
      check.string('processId', processId).string('from', from).string('to', to).optionalString('limit', limit),
    );
    const messages = async (ask: Ask, process: string) => {
      const count = limit === undefined ? MOST : countOf('limit', asSent(limit));
      return listed(ask, process, { from: given(asSent(from)), to: given(asSent(to)), limit: count });
    };
    return located(open, wait, processId, (ask, process) => answered(messages(ask, process)));
  });
}

/** The nonce of the last message of those that a scheduler lists, or `undefined` if it lists none. */
export function getLastSlotOn({ open }: Local) {
  return asCall((options: GetLastSlotOptions): Promise<string | undefined> => {
    const { processId, since, ...wait } = checked(options, (check, { processId, since }) =>
      check.string('processId', processId).optional('number', 'since', since),
    );
    // As far back as there is anything, and whole milliseconds, whatever the difference is.
    const start = Math.floor(Date.now() - (since || TEN_MINUTES_MS));
    const from = String(Math.min(Math.max(start, 0), Number.MAX_SAFE_INTEGER));
    return located(open, wait, processId, async (ask, process) => {
      const { edges } = await listed(ask, process, { from, limit: PAGE });
      return edges.at(-1)?.node.assignment.tags.find(({ name }) => name === 'Nonce')?.value;
    });
  });
}

/** A message; by the id of a process, the list of its messages. */
export function getMessageByIdOn({ open }: Local) {
  return asCall((options: GetMessageByIdOptions): Promise<ScheduledMessage | ScheduledMessages> => {
    const { processId, messageId, ...wait } = checked(options, (check, { processId, messageId }) =>
      check.string('processId', processId).string('messageId', messageId),
    );
    const message = asSent(messageId);
    return located(open, wait, processId, (ask, process) =>
      answered<ScheduledMessage | ScheduledMessages>(
        message === process ? listed(ask, process, {}) : found(ask, process, message),
      ),
    );
  });
}

/** The fields, if they are what they should be; what they are not is thrown at once. */
function checked<O extends object>(options: O, check: (check: ArgumentCheck, options: O) => ArgumentCheck): O {
  const whole = new ArgumentCheck();
  if (whole.is('object', [], options)) check(whole, options);
  doneAsZod(whole);
  return options;
}

/** Asks the scheduler of a process, which has to be found first, as on the network. */
async function located<T>(
  open: Reach,
  wait: WaitOptions,
  processId: string,
  call: (ask: Ask, process: string) => Promise<T>,
): Promise<T> {
  return calling(open, wait, async (reach) => {
    const process = asSent(processId);
    const { ask } = await reach();
    await ask('log', process, JSON.stringify({ limit: 1 })).catch((thrown: unknown) => {
      throw isRefusal(thrown) && thrown.code === 'PROCESS_NOT_FOUND' ? unlocated(processId, thrown) : thrown;
    });
    return call(ask, process);
  });
}

function unlocated(process: string, cause: UnitError): Error {
  const error = new Error(`Process ${process} was not found on gateway`, { cause });
  return Object.assign(error, { name: 'TransactionNotFound', code: cause.code });
}

async function listed(ask: Ask, process: string, listing: WireListing): Promise<WireLogPage> {
  return parse<WireLogPage>(await ask('log', process, JSON.stringify({ limit: PAGE, ...listing, by: 'time' })));
}

async function found(ask: Ask, process: string, message: string): Promise<ScheduledMessage> {
  const found = parse<Found | null>(await ask('find', message, process));
  if (found) return { message: found.message, assignment: found.assignment };
  throw new UnitError('MESSAGE_NOT_FOUND', `message ${message} is not in the log of process ${process}`);
}
