import { ArgumentCheck, checkSigner } from '../arguments.js';
import { bodyOf, calling, parse } from '../calls.js';
import { UnitError } from '../error.js';
import { spawnTags } from '../tags.js';
import { send } from './delivery.js';
import { asSent } from './sent.js';
import { checkReadable } from './tags.js';
import { asCall } from './thrown.js';
import type { Data } from '../calls.js';
import type { Ask } from '../protocol.js';
import type { Signer } from '../signer.js';
import type { ModuleSummary, Tag } from '../types.js';
import type { WaitOptions } from '../waiting.js';
import type { Local } from './connection.js';

/** What `spawn` takes. */
export interface SpawnProcessOptions extends WaitOptions {
  /** The module that the process runs. */
  module: string;
  /** Who orders its messages. The unit itself, if left out. */
  scheduler?: string | undefined;
  /** Who signs: the signer that `connect` was given, if left out. */
  signer?: Signer | undefined;
  tags?: Tag[] | undefined;
  data?: Data | undefined;
}

export function spawnOn({ open, signer: own }: Local) {
  return asCall(({ module, scheduler, signer, tags, data, ...wait }: SpawnProcessOptions) =>
    calling(open, wait, async (reach) => {
      new ArgumentCheck('Invalid Arguments ').string('0', module).done();
      checkReadable(tags);
      new ArgumentCheck().names([], tags ?? []).done();
      const by = signer || own;
      checkSigner(by);
      const body = bodyOf(data);
      const { ask, address } = await reach();
      const known = await knownModule(ask, asSent(module));
      const process = { module: known, scheduler: scheduler ?? address, timestamp: Date.now() };
      const fields = { data: body, tags: spawnTags(tags ?? undefined, data, process) };
      return (await send(ask, by, fields)).process;
    }),
  );
}

/**
 * A module that the unit has, as aoconnect asks a gateway for it before anybody is asked to sign.
 *
 * @throws {@link UnitError} `MODULE_UNKNOWN`, which names those that there are.
 */
async function knownModule(ask: Ask, module: string): Promise<string> {
  const modules = parse<ModuleSummary[]>(await ask('modules'));
  if (modules.some(({ id }) => id === module)) return module;
  const known = modules.map(({ id, name }) => `${id} (${name})`).join(', ');
  throw new UnitError('MODULE_UNKNOWN', `module ${module || '(none)'} is not known here: known are ${known}`);
}
