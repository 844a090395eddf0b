import { ArgumentCheck, errorFrom } from './arguments.js';
import { toBytes } from './bytes.js';
import { signItem, type Sealer } from './sign.js';
import { dryRunTags, itemData, messageTags, spawnTags } from './tags.js';
import { pageSigner } from './wallet.js';
import type { Ask, Json } from './protocol.js';
import type { Signer } from './signer.js';
import type { DryRunMessage, ItemFields, Outcome, Receipt, Tag } from './types.js';

/** What a message or a spawn may carry. */
export type Data = string | ArrayBuffer | ArrayBufferView;

export interface SpawnOptions {
  /** The module that the process runs. */
  module: string;
  /** Who orders its messages. The unit itself, if left out. */
  scheduler?: string | undefined;
  /** Who signs. The page's own wallet (`pageWallet` of `ao-unit/wallet`), if left out. */
  signer?: Signer | undefined;
  tags?: Tag[] | undefined;
  data?: Data | undefined;
}

export interface MessageOptions {
  process: string;
  /** Who signs. The page's own wallet (`pageWallet` of `ao-unit/wallet`), if left out. */
  signer?: Signer | undefined;
  tags?: Tag[] | undefined;
  data?: Data | undefined;
  /** Exactly 32 bytes, as UTF-8, of the sender's choice. */
  anchor?: string | undefined;
}

export interface ResultOptions {
  process: string;
  message: string;
}

export interface DryRunOptions {
  process: string;
  tags?: Tag[] | undefined;
  data?: Data | undefined;
  anchor?: string | undefined;
  Id?: string | undefined;
  /** Whom the message is from. A dry-run is not signed, so it may be anybody. */
  Owner?: string | undefined;
}

/** The calls of aoconnect, on a local unit. */
export interface Calls {
  /**
   * Spawns a process.
   *
   * @returns its id, as soon as the spawn is durable.
   * @throws {@link UnitError} `MODULE_UNKNOWN`, `ITEM_INVALID`, `SIGNATURE_INVALID`, `STORE_FAILED`; `WALLET_REFUSED`
   *   and what else the signer rejects with.
   */
  spawn(options: SpawnOptions): Promise<string>;

  /**
   * Sends a message to a process.
   *
   * @returns the id of the message, as soon as it is durable. {@link Calls.result} waits for its evaluation.
   * @throws {@link UnitError} `PROCESS_NOT_FOUND`, `ITEM_INVALID`, `SIGNATURE_INVALID`, `STORE_FAILED`;
   *   `WALLET_REFUSED` and what else the signer rejects with. Nothing was sent then.
   */
  message(options: MessageOptions): Promise<string>;

  /**
   * The outcome of a message; waits until it has been evaluated. The id of a process is the id of its first message.
   *
   * @throws {@link UnitError} `PROCESS_NOT_FOUND`, `MESSAGE_NOT_FOUND`.
   */
  result(options: ResultOptions): Promise<Outcome>;

  /**
   * Evaluates an unsigned message on a copy of the process: reads, and changes nothing.
   *
   * @throws {@link UnitError} `PROCESS_NOT_FOUND`.
   */
  dryrun(options: DryRunOptions): Promise<Outcome>;
}

/** An open unit, as the calls need it. */
export interface CallTarget {
  readonly ask: Ask;
  readonly address: string;
}

/**
 * Makes the calls on the unit that `open` resolves to; it is asked at each call, and not before.
 *
 * @param own - signs where a call names no signer.
 */
export function createCalls(open: () => Promise<CallTarget>, own: Signer = pageSigner): Calls {
  // No async functions where aoconnect has none: without any argument they throw at once, as there.
  return {
    spawn: ({ module, scheduler, signer = own, tags, data }) =>
      orError(async () => {
        checkSpawn(module, tags, signer);
        const { ask, address } = await open();
        const process = { module, scheduler: scheduler ?? address, timestamp: Date.now() };
        const receipt = await send(ask, signer, { data: bodyOf(data), tags: spawnTags(tags, data, process) });
        return receipt.process;
      }),

    message: ({ process, signer = own, tags, data, anchor }) =>
      orError(async () => {
        const signed = messageTags(tags, data);
        checkMessage(process, anchor, signed, signer);
        const { ask } = await open();
        const fields = { data: bodyOf(data), tags: signed, target: process };
        return (await send(ask, signer, anchor === undefined ? fields : { ...fields, anchor })).id;
      }),

    result: ({ process, message }) =>
      orError(async () => {
        new ArgumentCheck().id('id', 'message', message).id('processId', 'process', process).done();
        const { ask } = await open();
        return parse<Outcome>(await ask('result', process, message));
      }),

    dryrun: async (options) => {
      const { process } = options;
      new ArgumentCheck().string('Target', process).done();
      const { ask } = await open();
      return parse<Outcome>(await ask('dryrun', process, dryRunMessage(options)));
    },
  };
}

/** The message of a dry-run, with aoconnect's placeholders for what is not given. */
export function dryRunMessage({ process, tags, data, anchor, Id, Owner }: DryRunOptions): Json<DryRunMessage> {
  const message: DryRunMessage = {
    Id: Id ?? '1234',
    Target: process,
    Owner: Owner ?? '1234',
    Anchor: anchor || '0',
    Data: textOf(data) || '1234',
    Tags: dryRunTags(tags),
  };
  return JSON.stringify(message);
}

/** The unit lays items out for a signer. */
export function unitSealer(ask: Ask): Sealer {
  return {
    signingHash: (...args) => ask('signingHash', ...args),
    sealItem: (...args) => ask('sealItem', ...args),
    recoverEthereumKey: (...args) => ask('recoverEthereumKey', ...args),
  };
}

/** Reads JSON that the unit wrote. */
export function parse<T>(json: Json<T>): T {
  return JSON.parse(json) as T;
}

async function send(ask: Ask, signer: Signer, fields: ItemFields): Promise<Receipt> {
  return parse<Receipt>(await ask('accept', await signItem(unitSealer(ask), signer, fields)));
}

function checkSpawn(module: unknown, tags: Tag[] | undefined, signer: unknown): void {
  new ArgumentCheck('Invalid Arguments ').string('0', module).done();
  checkTags(tags ?? []);
  new ArgumentCheck().function('undefined', signer).done();
}

function checkMessage(process: unknown, anchor: unknown, tags: Tag[], signer: unknown): void {
  checkTags(tags);
  new ArgumentCheck('Invalid Arguments ').string('processId', process).optionalString('anchor', anchor).done();
  new ArgumentCheck().function('undefined', signer).done();
}

function checkTags(tags: Tag[]): void {
  const check = new ArgumentCheck();
  for (const { name, value } of tags) check.string('name', name).string('value', value);
  check.done();
}

function bodyOf(data: Data | undefined): string | Uint8Array {
  const body = itemData(data);
  return typeof body === 'string' ? body : toBytes(body);
}

function textOf(data: Data | undefined): string | undefined {
  return data === undefined || typeof data === 'string' ? data : new TextDecoder().decode(toBytes(data));
}

async function orError<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (thrown) {
    throw errorFrom(thrown);
  }
}
