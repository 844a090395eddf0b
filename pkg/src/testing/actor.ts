import { checkObject, checkText } from '../arguments.js';
import { bodyOf, parse } from '../calls.js';
import { ProcessFailure } from '../conversation/failure.js';
import { tagList, tagsOf, type MessageFields, type Tags } from '../conversation/fields.js';
import { UnitError } from '../error.js';
import { LUA_MODULE } from '../lua-module.js';
import { messageTags, spawnTags } from '../tags.js';
import { Exchange } from './exchange.js';
import type { Within } from '../handle/base.js';
import type { Ask } from '../protocol.js';
import type { DryRunMessage, Outcome, Receipt, Tag } from '../types.js';
import type { WaitOptions } from '../waiting.js';

/** Whom a message is from, and by whom it was brought. */
export interface Persona {
  /** Whom the process is to see as the sender: an address, or a process. */
  from: string;
  /** Who delivers it: an `Authority` of the process, if that is another. `from` itself, if left out. */
  owner?: string | undefined;
}

/** What {@link Actor.deploy} takes. */
export interface ActorDeployOptions extends WaitOptions {
  /** The Lua that the process begins with. */
  source: string;
  /** Its `Name`. */
  name?: string | undefined;
  tags?: Tags | undefined;
  /** The module that it runs. aos 2.0.6, if left out. */
  module?: string | undefined;
}

/** Somebody who sends messages in a test. Nothing is signed: the unit takes the test's word for it. */
export class Actor {
  /** Whom processes see as the sender. */
  readonly address: string;

  readonly #owner: string;
  readonly #within: Within;

  /** @internal */
  constructor({ from, owner = from }: Persona, within: Within) {
    this.address = from;
    this.#owner = owner;
    this.#within = within;
  }

  /**
   * Spawns a process that begins with `source`, and waits until it has.
   *
   * @returns its id.
   * @throws {@link ProcessFailure} `DEPLOY_FAILED`, in Lua's own words, if the source fails; {@link UnitError}
   *   `MODULE_UNKNOWN`, `TIMEOUT`, `ABORTED`.
   */
  async deploy(options: ActorDeployOptions): Promise<string> {
    checkObject('what deploy() takes', options);
    checkText('source', options.source);
    const { source, name, tags, module = LUA_MODULE, ...wait } = options;
    const given = [...tagList({ 'On-Boot': 'Data', Name: name }), ...tagList(tags)];
    return this.#within(wait, async (ask) => {
      const { timestamp } = parse(await ask('clock'));
      const all = spawnTags(given, source, { module, scheduler: this.#owner, timestamp });
      const { id, process, error, outcome } = await this.#exchange(ask, { Tags: all, Data: source });
      if (error !== undefined) throw new ProcessFailure('DEPLOY_FAILED', { process, id }, outcome);
      return process;
    });
  }

  /**
   * Sends a message, and waits until everything that follows from it is evaluated. A failure is no rejection: it is
   * {@link Exchange.error}.
   *
   * @param fields - `Data` and tags, by their names.
   * @throws {@link UnitError} `PROCESS_NOT_FOUND`; `TIMEOUT`, `ABORTED`, and the message stays sent.
   *
   * @example
   * ```ts
   * const { reply } = await unit.as('alice').send(token, { Action: 'Balance' });
   * assert.equal(reply.Data, '100');
   * ```
   */
  async send(process: string, fields: MessageFields = {}, wait: WaitOptions = {}): Promise<Exchange> {
    checkText('process', process);
    checkObject('what send() sends', fields);
    const tags = messageTags(tagsOf(fields), fields.Data);
    const message = { Target: process, Tags: tags, Data: textOf(fields.Data) };
    return this.#within(wait, (ask) => this.#exchange(ask, message));
  }

  /**
   * Has the process evaluate Lua, which it does for its owner.
   *
   * @throws {@link UnitError} as {@link Actor.send}.
   */
  async evaluate(process: string, lua: string, wait: WaitOptions = {}): Promise<Exchange> {
    checkText('the Lua', lua);
    return this.send(process, { Action: 'Eval', Data: lua }, wait);
  }

  async #exchange(ask: Ask, message: { Target?: string; Tags: Tag[]; Data: string }): Promise<Exchange> {
    const forwarded = this.#owner === this.address ? [] : [{ name: 'From-Process', value: this.address }];
    const whole = { ...message, Owner: this.#owner, Tags: [...message.Tags, ...forwarded] } as DryRunMessage;
    const receipt = parse<Receipt>(await ask('impersonate', JSON.stringify(whole)));
    const outcome = parse<Outcome>(await ask('result', receipt.process, receipt.id));
    await ask('settled');
    return new Exchange(receipt, this.address, outcome);
  }
}

/** A message of a test is text. */
function textOf(data: MessageFields['Data']): string {
  const body = bodyOf(data);
  if (typeof body === 'string') return body;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch (cause) {
    throw new UnitError('ARGUMENT_INVALID', 'Data has bytes that are no UTF-8, and a message of a test is text', { cause });
  }
}
