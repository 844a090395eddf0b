import { ArgumentCheck, checkSigner } from '../arguments.js';
import { bodyOf, calling } from '../calls.js';
import { spawnTags } from '../tags.js';
import { send } from './delivery.js';
import { checkReadable } from './tags.js';
import { asCall } from './thrown.js';
import type { Data } from '../calls.js';
import type { Signer } from '../signer.js';
import type { Tag } from '../types.js';
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
      const by = signer || own;
      checkSigner(by);
      const body = bodyOf(data);
      const { ask, address } = await reach();
      const process = { module, scheduler: scheduler ?? address, timestamp: Date.now() };
      const fields = { data: body, tags: spawnTags(tags ?? undefined, data, process) };
      return (await send(ask, by, fields)).process;
    }),
  );
}
