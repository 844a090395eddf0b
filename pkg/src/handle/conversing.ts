import { checkSigner } from '../arguments.js';
import { copyOf } from '../bytes.js';
import { checkObject, checkText } from '../arguments.js';
import { bodyOf, calling, parse, spawn, unitSealer, type CallTarget, type Reach } from '../calls.js';
import { Cascade } from '../conversation/cascade.js';
import { succeeded } from '../conversation/failure.js';
import { tagList, tagsOf, type MessageFields, type Tags } from '../conversation/fields.js';
import { withoutColours } from '../conversation/text.js';
import { UnitError } from '../error.js';
import { LUA_MODULE } from '../lua-module.js';
import { signItem } from '../sign.js';
import { messageTags } from '../tags.js';
import { pageSigner } from '../wallet.js';
import { KeepingHandle } from './keeping.js';
import type { Reply } from '../conversation/reply.js';
import type { Ask } from '../protocol.js';
import type { Signer } from '../signer.js';
import type { ItemFields, Outcome, Receipt } from '../types.js';
import type { WaitOptions } from '../waiting.js';
import type { ReadOptions } from './state.js';

/** What `unit.deploy()` takes. */
export interface DeployOptions extends WaitOptions {
  /** The Lua that the process begins with. */
  source: string;
  /** Its `Name`. */
  name?: string | undefined;
  tags?: Tags | undefined;
  /** The module that it runs. aos 2.0.6, if left out. */
  module?: string | undefined;
  /** Who owns it. The page's own wallet (`pageWallet` of `ao-unit/wallet`), if left out. */
  signer?: Signer | undefined;
}

/** What `unit.send()` and `unit.evaluate()` take beside what is sent. */
export interface SendOptions extends WaitOptions {
  /** Who signs. The page's own wallet (`pageWallet` of `ao-unit/wallet`), if left out. */
  signer?: Signer | undefined;
}

/** A reply that takes longer than this is one that was forgotten. */
const PATIENCE_MS = 30_000;

/** The unit as one talks to it: each call does the whole of what one mostly wants. */
export abstract class ConversingHandle extends KeepingHandle {
  readonly #reach: Reach = async (): Promise<CallTarget> => this.opened;

  /**
   * Spawns a process that begins with `source`, and waits until it has.
   *
   * @returns its id.
   * @throws {@link ProcessFailure} `DEPLOY_FAILED`, in Lua's own words and with the line, if the source fails; the process
   *   exists then, its id is `error.process`, but it has not begun. {@link UnitError} as `spawn` rejects; `TIMEOUT`,
   *   `ABORTED`.
   *
   * @example
   * ```ts
   * const counter = await unit.deploy({
   *   source: `
   *     Count = 0
   *     Handlers.add('Add', function(msg)
   *       Count = Count + tonumber(msg.Amount)
   *       msg.reply({ Data = tostring(Count) })
   *     end)`,
   * });
   * ```
   */
  async deploy(options: DeployOptions): Promise<string> {
    checkObject('what deploy() takes', options);
    checkText('source', options.source);
    const { source, name, tags, module = LUA_MODULE, signer = pageSigner, timeout, signal } = options;
    return calling(this.#reach, { timeout, signal }, async (reach) => {
      const all = [...tagList({ 'On-Boot': 'Data', Name: name }), ...tagList(tags)];
      const { process } = await spawn(reach, signer, { module, tags: all, data: source });
      const { ask } = await reach();
      const outcome = parse<Outcome>(await ask('result', process, process));
      succeeded('DEPLOY_FAILED', { process, id: process }, outcome);
      return process;
    });
  }

  /**
   * Sends a message, waits until it is evaluated, and answers the reply: the first message that comes back to whoever
   * signed, be it from the process or, when that has to ask others first, from any of them later.
   *
   * @param fields - `Data` and tags, by their names: `{ Action: 'Transfer', Recipient, Quantity: 5 }`.
   * @returns the reply; `null` when everything that follows from the message is evaluated, and nobody replied.
   * @throws {@link ProcessFailure} `EVALUATION_FAILED`, in the words of the process, if it fails; {@link UnitError}
   *   `TIMEOUT` when there is no reply within `timeout`, 30,000 ms if left out; `ABORTED`; as `message` rejects.
   *
   * @example
   * ```ts
   * const reply = await unit.send(counter, { Action: 'Add', Amount: 2 });
   * console.log(reply?.Data); // 2
   * ```
   */
  async send(process: string, fields: MessageFields, options: SendOptions = {}): Promise<Reply | null> {
    checkText('process', process);
    checkObject('what send() sends', fields);
    checkObject('what send() takes beside it', options);
    const { signer = pageSigner, timeout = PATIENCE_MS, signal } = options;
    return calling(this.#reach, { timeout, signal }, async (reach) => {
      const { ask } = await reach();
      const tags = messageTags(tagsOf(fields), fields.Data);
      const { raw, owner } = await signedBy(ask, signer, { data: bodyOf(fields.Data), tags, target: process });
      const { timestamp: since } = parse(await ask('clock'));
      const receipt = parse<Receipt>(await ask('accept', raw));
      const outcome = parse<Outcome>(await ask('result', process, receipt.id));
      return new Cascade(ask, receipt, since, owner).reply(succeeded('EVALUATION_FAILED', receipt, outcome));
    });
  }

  /**
   * Has the owner of a process evaluate Lua in it. What it changes stays.
   *
   * @returns what it printed and returned, as text. {@link ConversingHandle.read} answers a value.
   * @throws {@link ProcessFailure} `EVALUATION_FAILED`, in Lua's own words, if it fails; {@link UnitError}
   *   `EVALUATION_FAILED`, and nothing was sent, when whoever signs is not the owner; as `message` rejects; `TIMEOUT`,
   *   `ABORTED`.
   *
   * @example
   * ```ts
   * await unit.evaluate(counter, 'Count = 100');
   * ```
   */
  async evaluate(process: string, lua: string, options: SendOptions = {}): Promise<string> {
    checkText('process', process);
    checkText('the Lua', lua);
    checkObject('what evaluate() takes beside it', options);
    const { signer = pageSigner, timeout, signal } = options;
    return calling(this.#reach, { timeout, signal }, async (reach) => {
      const { ask } = await reach();
      const fields = { data: bodyOf(lua), tags: messageTags(tagList({ Action: 'Eval' }), lua), target: process };
      const { raw, owner } = await signedBy(ask, signer, fields);
      await checkOwner(ask, process, owner);
      const { id } = parse<Receipt>(await ask('accept', raw));
      const outcome = parse<Outcome>(await ask('result', process, id));
      const { Output } = succeeded('EVALUATION_FAILED', { process, id }, outcome);
      return withoutColours(String(Output.data ?? ''));
    });
  }

  /**
   * The value of a Lua expression in a process, as its owner would see it: it is evaluated on a copy, and changes
   * nothing. Lua's `nil` is `null`, an empty table is `[]`, and what JSON cannot hold is text, as Lua writes it.
   *
   * @throws {@link UnitError} `INSPECTION_FAILED` with Lua's own message, `PROCESS_NOT_FOUND`; `TIMEOUT`, `ABORTED`.
   *
   * @example
   * ```ts
   * const count = await unit.read<number>(counter, 'Count');
   * ```
   */
  async read<T = unknown>(process: string, expression: string, options: ReadOptions = {}): Promise<T> {
    checkText('process', process);
    checkText('the expression', expression);
    return this.inspect<T>(process, expression, options);
  }
}

/** An item, and the address of whoever signed it. */
async function signedBy(ask: Ask, signer: Signer, fields: ItemFields): Promise<{ raw: Uint8Array; owner: string }> {
  checkSigner(signer);
  const raw = await signItem(unitSealer(ask), signer, fields);
  const { owner } = await ask('identify', copyOf(raw));
  return { raw, owner };
}

/** A process keeps the Lua of anybody but its owner as a message that it does not know, and says nothing of it. */
async function checkOwner(ask: Ask, process: string, owner: string): Promise<void> {
  await ask('inspect', process, '1', owner).catch((cause: unknown) => {
    if (!(cause instanceof UnitError) || cause.code !== 'INSPECTION_FAILED') throw cause;
    const message = `process ${process} evaluates no Lua that ${owner} signs: it does so for its owner alone`;
    throw new UnitError('EVALUATION_FAILED', message, { cause });
  });
}
