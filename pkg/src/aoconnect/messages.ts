import { ArgumentCheck, checkSigner } from '../arguments.js';
import { asBytes } from '../bytes.js';
import { bodyOf, calling } from '../calls.js';
import { describe } from '../describe.js';
import { UnitError } from '../error.js';
import { itemId, outlineOf } from '../items/outline.js';
import { messageTags } from '../tags.js';
import { deliver, identify, send, signed } from './delivery.js';
import { checkReadable } from './tags.js';
import { asCall } from './thrown.js';
import type { Data } from '../calls.js';
import type { Signer } from '../signer.js';
import type { ItemFields, Tag } from '../types.js';
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
  // The first name is the one that an engine misses when there is nothing.
  return asCall(({ process, signer, returnAssignmentSlot, returnMessageId, ...rest }: SendMessageOptions) =>
    calling(open, rest, async (reach) => {
      const { fields, by } = checked({ process, ...rest }, signer || own, (check) =>
        check
          .optional('boolean', 'returnAssignmentSlot', returnAssignmentSlot)
          .optional('boolean', 'returnMessageId', returnMessageId),
      );
      const { ask } = await reach();
      const { id, nonce } = await send(ask, by, fields);
      if (!returnAssignmentSlot) return id;
      return returnMessageId ? { slot: String(nonce), id } : String(nonce);
    }),
  );
}

export function signMessageOn({ open, signer: own }: Local) {
  return asCall(({ process, signer, ...rest }: SignMessageOptions) =>
    calling(open, rest, async (reach) => {
      const { fields, by } = checked({ process, ...rest }, signer || own);
      const { ask } = await reach();
      const item = await signed(ask, by, fields);
      // What a signer built itself is answered as it is, with all that is in it.
      const { raw, answer } = item;
      return answer ? { raw, ...answer, id: await idOf(raw, answer) } : { id: await identify(ask, item), raw };
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
      await deliver(ask, bytes);
      return id;
    }),
  );
}

const INVALID = 'Invalid Arguments ';

type Message = Omit<SignMessageOptions, 'signer' | keyof WaitOptions>;

/** What is to be signed, and by whom. The order is aoconnect's: it tells of the first thing that is wrong. */
function checked(
  { process, tags, data, anchor }: Message,
  by: Signer | undefined,
  more: (check: ArgumentCheck) => ArgumentCheck = (check) => check,
): { fields: ItemFields; by: Signer } {
  checkReadable(tags);
  const whole = messageTags(tags ?? undefined, data);
  const check = new ArgumentCheck();
  check.tags([], whole).done();
  checkSigner(by);
  const rest = new ArgumentCheck(INVALID).string('processId', process).optionalString('anchor', anchor);
  more(rest).done();
  const fields = { data: bodyOf(data), tags: whole, target: process.trim(), ...(anchor !== undefined && { anchor }) };
  return { fields, by };
}

/** As the signer calls it, if it does. */
async function idOf(raw: Uint8Array, { id }: { id?: unknown }): Promise<string> {
  if (typeof id === 'string' && id) return id;
  const item = outlineOf(raw);
  return item ? itemId(item) : '';
}
