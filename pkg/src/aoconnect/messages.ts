import { ArgumentCheck, checkSigner } from '../arguments.js';
import { bodyOf, calling, parse, unitSealer } from '../calls.js';
import { itemId, outlineOf } from '../items/outline.js';
import { UnitError } from '../error.js';
import { checkAdmission } from '../network/admission.js';
import { signWhole } from '../sign.js';
import { messageTags } from '../tags.js';
import { describe } from '../describe.js';
import { asBytes } from '../bytes.js';
import { aoconnectSealer } from './layout.js';
import { checkReadable } from './tags.js';
import { accepted, asCall } from './thrown.js';
import type { Data } from '../calls.js';
import type { Ask } from '../protocol.js';
import type { Signer } from '../signer.js';
import type { ItemFields, Receipt, Tag } from '../types.js';
import type { WaitOptions } from '../waiting.js';
import type { Local } from './connection.js';

/** What `signMessage` takes. */
export interface SignMessageOptions extends WaitOptions {
  process: string;
  /** Who signs: the signer that `connect` was given, if left out. */
  signer?: Signer | undefined;
  tags?: Tag[] | undefined;
  data?: Data | undefined;
  /** Exactly 32 bytes, as UTF-8, of the sender's choice. */
  anchor?: string | undefined;
}

/** What `message` takes. */
export interface SendMessageOptions extends SignMessageOptions {
  /** `true`: resolves to the message's place in the log, its nonce, as text. */
  returnAssignmentSlot?: boolean | undefined;
  /** `true`, with `returnAssignmentSlot`: resolves to both, the place and the id. */
  returnMessageId?: boolean | undefined;
}

/** A signed message, as `signMessage` resolves to it. */
export interface SignedMessage {
  id: string;
  raw: Uint8Array;
}

/** What `sendSignedMessage` takes. */
export type SendSignedOptions = SignedMessage & WaitOptions;

/** Where a message is, and what it is called. */
export interface Slot {
  slot: string;
  id: string;
}

export function messageOn({ open, signer: own }: Local) {
  return asCall(
    ({ process, signer, tags, data, anchor, returnAssignmentSlot, returnMessageId, ...wait }: SendMessageOptions) =>
      calling(open, wait, async (reach) => {
        const by = signer || own;
        const fields = checkedFields({ process, signer: by, tags, data, anchor });
        new ArgumentCheck(INVALID)
          .optional('boolean', 'returnAssignmentSlot', returnAssignmentSlot)
          .optional('boolean', 'returnMessageId', returnMessageId)
          .done();
        const { ask } = await reach();
        const { id, nonce } = await send(ask, by as Signer, fields);
        if (!returnAssignmentSlot) return id;
        return returnMessageId ? { slot: String(nonce), id } : String(nonce);
      }),
  );
}

export function signMessageOn({ open, signer: own }: Local) {
  return asCall(({ process, signer, tags, data, anchor, ...wait }: SignMessageOptions) =>
    calling(open, wait, async (reach) => {
      const by = signer || own;
      const fields = checkedFields({ process, signer: by, tags, data, anchor });
      const { ask } = await reach();
      const { raw, answer } = await signed(ask, by as Signer, fields);
      // What a signer built itself is answered as it is, with all that is in it.
      if (answer) return { id: await idOf(raw), raw, ...answer };
      const { id } = await ask('identify', raw.slice()).catch(unsigned);
      return { id, raw };
    }),
  );
}

export function sendSignedMessageOn({ open }: Local) {
  return asCall(({ id, raw, ...wait }: SendSignedOptions) =>
    calling(open, wait, async (reach) => {
      new ArgumentCheck(INVALID).string('id', id).done();
      const bytes = asBytes(raw);
      if (!bytes) throw new UnitError('ARGUMENT_INVALID', `raw is ${describe(raw)}, not the bytes of a signed message`);
      const { ask } = await reach();
      await deliver(ask, bytes.slice());
      return id;
    }),
  );
}

/** Has fields signed, laid out as aoconnect does it. */
export async function signed(ask: Ask, signer: Signer, fields: ItemFields) {
  return signWhole(aoconnectSealer(unitSealer(ask)), signer, fields);
}

/** Has fields signed, and hands them to the unit. */
export async function send(ask: Ask, signer: Signer, fields: ItemFields): Promise<Receipt> {
  const { raw, answer } = await signed(ask, signer, fields);
  return answer ? deliver(ask, raw) : deliver(ask, raw).catch(unsigned);
}

/** Hands an item to the unit, as to a messenger of the network. */
export async function deliver(ask: Ask, raw: Uint8Array): Promise<Receipt> {
  // A copy: whoever signed may keep it, and the unit is given its bytes for good.
  return parse<Receipt>(await accepted(admit(ask, raw.slice())));
}

/** A signature that was put into an item is verified before that is sent, by aoconnect. */
export function unsigned(thrown: unknown): never {
  if (!(thrown instanceof Error) || (thrown as Partial<UnitError>).code !== 'SIGNATURE_INVALID') throw thrown;
  throw new UnitError('SIGNATURE_INVALID', 'Data Item signature is not valid', { cause: thrown });
}

async function admit(ask: Ask, raw: Uint8Array) {
  checkAdmission(raw);
  return ask('accept', raw);
}

const INVALID = 'Invalid Arguments ';

function checkedFields({ process, signer, tags, data, anchor }: SignMessageOptions): ItemFields {
  checkReadable(tags);
  const whole = messageTags(tags ?? undefined, data);
  const check = new ArgumentCheck();
  for (const [index, { name, value }] of whole.entries()) check.string([index, 'name'], name).string([index, 'value'], value);
  check.done();
  checkSigner(signer);
  new ArgumentCheck(INVALID).string('processId', process).optionalString('anchor', anchor).done();
  return { data: bodyOf(data), tags: whole, target: process, ...(anchor !== undefined && { anchor }) };
}

async function idOf(raw: Uint8Array): Promise<string> {
  const item = outlineOf(raw);
  // A signer's own words for what is no item are those that count.
  return item ? itemId(item) : '';
}
