import { copyOf } from '../bytes.js';
import { parse, unitSealer } from '../calls.js';
import { UnitError } from '../error.js';
import { checkAdmission, checkBody } from '../network/admission.js';
import { signWhole, type WholeItem } from '../sign.js';
import { aoconnectSealer } from './layout.js';
import { accepted } from './thrown.js';
import type { Ask } from '../protocol.js';
import type { Signer } from '../signer.js';
import type { ItemFields, Receipt } from '../types.js';

/** Has fields signed, and hands them to the unit. */
export async function send(ask: Ask, signer: Signer, fields: ItemFields): Promise<Receipt> {
  const { raw, answer } = await signed(ask, signer, fields);
  return answer ? deliver(ask, raw) : deliver(ask, raw).catch(unsigned);
}

/** Has fields signed, laid out as aoconnect does it. */
export async function signed(ask: Ask, signer: Signer, fields: ItemFields): Promise<WholeItem> {
  return signWhole(aoconnectSealer(unitSealer(ask)), signer, fields);
}

/** Hands an item to the unit, as to a messenger of the network. */
export async function deliver(ask: Ask, raw: Uint8Array): Promise<Receipt> {
  // A copy: whoever signed may keep it, and the unit is given its bytes for good.
  return parse<Receipt>(await accepted(admit(ask, copyOf(raw))));
}

/** Who signed an item, as a messenger finds out; the item goes nowhere. */
export async function identify(ask: Ask, { raw, answer }: WholeItem): Promise<string> {
  const identity = look(ask, copyOf(raw));
  return (await (answer ? accepted(identity) : identity.catch(unsigned))).id;
}

async function look(ask: Ask, raw: Uint8Array) {
  checkBody(raw);
  return ask('identify', raw);
}

async function admit(ask: Ask, raw: Uint8Array) {
  checkAdmission(raw);
  return ask('accept', raw);
}

/** A signature that was put into an item is verified before that is sent, by aoconnect. */
function unsigned(thrown: unknown): never {
  if (!(thrown instanceof Error) || (thrown as Partial<UnitError>).code !== 'SIGNATURE_INVALID') throw thrown;
  throw new UnitError('SIGNATURE_INVALID', 'Data Item signature is not valid', { cause: thrown });
}
