import { UnitError, type Outcome, type Unit } from 'ao-unit/unit';
import type { Identity } from './signing.ts';

/**
 * Has a process evaluate Lua, as its owner, and answers the whole outcome: also of what failed.
 *
 * @param onSent - is told the message's id, before it is evaluated.
 * @throws when whoever signs is not the owner. Nothing was sent then.
 */
export async function evaluateIn(
  unit: Unit,
  process: string,
  lua: string,
  by: Identity,
  onSent?: (message: string) => void,
): Promise<Outcome> {
  await checkOwner(unit, process, by);
  const message = await unit.message({ process, signer: by.signer, tags: [{ name: 'Action', value: 'Eval' }], data: lua });
  onSent?.(message);
  return unit.result({ process, message });
}

/** A process keeps the Lua of anybody but its owner as a message that it does not know, and says nothing of it. */
async function checkOwner(unit: Unit, process: string, { address, name }: Identity): Promise<void> {
  try {
    await unit.inspect(process, '1', { owner: address });
  } catch (cause) {
    if (!(cause instanceof UnitError) || cause.code !== 'INSPECTION_FAILED') throw cause;
    throw new Error(`this process does not evaluate Lua of ${name} (${address}): only its owner’s. Choose the owner’s wallet above, or run the code in a new process`, { cause });
  }
}
