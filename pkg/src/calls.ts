import { ArgumentCheck, checkSigner, errorFrom } from './arguments.js';
import { toBytes } from './bytes.js';
import { signItem, type Sealer } from './sign.js';
import { dryRunTags, itemData, messageTags, spawnTags } from './tags.js';
import { waiting, type WaitOptions } from './waiting.js';
import type { Ask, Json } from './protocol.js';
import type { Signer } from './signer.js';
import type { DryRunMessage, ItemFields, Outcome, Receipt, Tag } from './types.js';

/** What a message or a spawn may carry. */
export type Data = string | ArrayBuffer | ArrayBufferView;

export interface SpawnOptions extends WaitOptions {
  /** The module that the process runs. */
  module: string;
  /** Who orders its messages. The unit itself, if left out. */
  scheduler?: string | undefined;
  /** Who signs. The page's own wallet (`pageWallet` of `ao-unit/wallet`), if left out. */
  signer?: Signer | undefined;
  tags?: Tag[] | undefined;
  data?: Data | undefined;
}

export interface MessageOptions extends WaitOptions {
  process: string;
  /** Who signs. The page's own wallet (`pageWallet` of `ao-unit/wallet`), if left out. */
  signer?: Signer | undefined;
  tags?: Tag[] | undefined;
  data?: Data | undefined;
  /** Exactly 32 bytes, as UTF-8, of the sender's choice. */
  anchor?: string | undefined;
}

export interface ResultOptions extends WaitOptions {
  process: string;
  message: string;
}

export interface DryRunOptions extends WaitOptions {
  process: string;
  tags?: Tag[] | undefined;
  data?: Data | undefined;
  anchor?: string | undefined;
  Id?: string | undefined;
  /** Whom the message is from. A dry-run is not signed, so it may be anybody. */
  Owner?: string | undefined;
}

/**
 * The calls of aoconnect, as a unit has them. Each rejects with {@link UnitError} `TIMEOUT` or `ABORTED` when it is not
 * waited for any longer, and with `ARGUMENT_INVALID` when an argument is of another type than it should be.
 */
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
  /** Asks until a signal is aborted. */
  readonly until?: (signal: AbortSignal) => Ask;
  readonly address: string;
}

/** Opens the unit, if it is not open yet. */
export type Reach = () => Promise<CallTarget>;

/**
 * Makes the calls on the unit that `open` resolves to; it is asked at each call, and not before.
 *
 * @param own - signs where a call names no signer.
 */
export function createCalls(open: Reach, own: Signer): Calls {
  // No async functions where aoconnect has none: without any argument they throw at once, as there.
  return {
    spawn: ({ signer = own, timeout, signal, ...fields }) =>
      calling(open, { timeout, signal }, async (reach) => (await spawn(reach, signer, fields)).process),

    message: ({ signer = own, timeout, signal, ...fields }) =>
      calling(open, { timeout, signal }, async (reach) => (await message(reach, signer, fields)).id),

    result: ({ process, message, ...wait }) =>
      calling(open, wait, async (reach) => {
        checkResult(process, message);
        const { ask } = await reach();
        return parse<Outcome>(await ask('result', process, message));
      }),

    dryrun: async ({ timeout, signal, ...options }) =>
      calling(open, { timeout, signal }, async (reach) => {
        const { process } = options;
        new ArgumentCheck().string('Target', process).done();
        const { ask } = await reach();
        return parse<Outcome>(await ask('dryrun', process, dryRunMessage(options)));
      }),
  };
}

/**
 * Runs a call on the unit that `open` opens, for as long as it is waited for. Whatever is thrown becomes an error, as
 * aoconnect has it: a user's signer may throw anything.
 */
export async function calling<T>(open: Reach, wait: WaitOptions, call: (reach: Reach) => Promise<T>): Promise<T> {
  return waiting(wait, async (given) => {
    const reach = async () => {
      const unit = await open();
      return given && unit.until ? { address: unit.address, ask: unit.until(given) } : unit;
    };
    try {
      return await call(reach);
    } catch (thrown) {
      throw errorFrom(thrown);
    }
  });
}

/** Has a spawn signed, and hands it to the unit. */
export async function spawn(reach: Reach, signer: Signer, fields: SpawnFields): Promise<Receipt> {
  const { module, scheduler, tags, data } = fields;
  checkSpawn(module, tags, signer);
  const { ask, address } = await reach();
  const process = { module, scheduler: scheduler ?? address, timestamp: Date.now() };
  return send(ask, signer, { data: bodyOf(data), tags: spawnTags(tags, data, process) });
}

/** Has a message signed, and hands it to the unit. */
export async function message(reach: Reach, signer: Signer, fields: MessageFields): Promise<Receipt> {
  const { process, tags, data, anchor } = fields;
  const signed = messageTags(tags, data);
  checkMessage(process, anchor, signed, signer);
  const { ask } = await reach();
  return send(ask, signer, { data: bodyOf(data), tags: signed, target: process, ...(anchor !== undefined && { anchor }) });
}

type SpawnFields = Omit<SpawnOptions, 'signer' | keyof WaitOptions>;
type MessageFields = Omit<MessageOptions, 'signer' | keyof WaitOptions>;

async function send(ask: Ask, signer: Signer, fields: ItemFields): Promise<Receipt> {
  return parse<Receipt>(await ask('accept', await signItem(unitSealer(ask), signer, fields)));
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

/** The data of an item, as it is signed. */
export function bodyOf(data: Data | undefined): string | Uint8Array {
  const body = itemData(data);
  return typeof body === 'string' ? body : toBytes(body);
}

/** The data of a dry-run: it has no room for bytes. */
export function textOf(data: Data | undefined): string | undefined {
  return data === undefined || typeof data === 'string' ? data : new TextDecoder().decode(toBytes(data));
}

/** @throws {@link UnitError} `ARGUMENT_INVALID`. */
export function checkResult(process: unknown, message: unknown): void {
  const required = (name: string) => `${name} is required to be a ${name} id`;
  new ArgumentCheck()
    .filled('id', message, required('message'))
    .filled('processId', process, required('process'))
    .done();
}

function checkSpawn(module: unknown, tags: Tag[] | undefined, signer: unknown): void {
  new ArgumentCheck('Invalid Arguments ').string('0', module).done();
  checkTags(tags ?? []);
  checkSigner(signer);
}

function checkMessage(process: unknown, anchor: unknown, tags: Tag[], signer: unknown): void {
  checkTags(tags);
  new ArgumentCheck('Invalid Arguments ').string('processId', process).optionalString('anchor', anchor).done();
  checkSigner(signer);
}

function checkTags(tags: Tag[]): void {
  const check = new ArgumentCheck();
  for (const { name, value } of tags) check.string('name', name).string('value', value);
  check.done();
}
