import { ArgumentCheck, checkSigner } from '../arguments.js';
import { calling, parse } from '../calls.js';
import { fieldsIn } from '../network/listing.js';
import { identify, signed } from './delivery.js';
import { asSent } from './sent.js';
import { accepted, asCall } from './thrown.js';
import type { Receipt } from '../types.js';
import type { Signer } from '../signer.js';
import type { WaitOptions } from '../waiting.js';
import type { Local } from './connection.js';

/** What `monitor` and `unmonitor` take. */
export interface MonitorOptions extends WaitOptions {
  process: string;
  /** Who signs: the signer that `connect` was given, if left out. */
  signer?: Signer | undefined;
}

/** What `assign` takes. */
export interface AssignMessageOptions extends WaitOptions {
  /** The process that is to evaluate it. */
  process: string;
  /** The id of a message that is in the log of any process of the unit. */
  message: string;
  /** Taken, and of no effect: a unit has no messages but its own. */
  baseLayer?: boolean | undefined;
  /** Fields that the process is not to see: `Data`, `Tags`, `Signature`, `Anchor`. */
  exclude?: string[] | undefined;
}

/** The cron of a process begins to tick by itself, or stops. What is signed only shows who asked for it. */
export function monitorOn({ open, signer: own }: Local, on: boolean) {
  return asCall(({ process, signer, ...wait }: MonitorOptions) =>
    calling(open, wait, async (reach) => {
      const by = signer || own;
      checkSigner(by);
      new ArgumentCheck(INVALID).string('processId', process).done();
      const target = process.trim();
      const { ask } = await reach();
      const id = await identify(ask, await signed(ask, by, { data: ' ', tags: [], target }));
      await accepted(ask('monitor', asSent(target), on));
      return id;
    }),
  );
}

export function assignOn({ open }: Local) {
  return asCall(({ process, message, baseLayer, exclude, ...wait }: AssignMessageOptions) =>
    calling(open, wait, async (reach) => {
      const check = new ArgumentCheck(INVALID).string('process', process).string('message', message);
      check.optional('boolean', 'baseLayer', baseLayer).optional('array', 'exclude', exclude);
      if (Array.isArray(exclude)) exclude.forEach((field, index) => check.string([0, 'exclude', index], field));
      check.done();
      const { ask } = await reach();
      const without = fieldsIn((exclude ?? []).join());
      return parse<Receipt>(await accepted(ask('assign', asSent(process), asSent(message), without))).id;
    }),
  );
}

const INVALID = 'Invalid Arguments ';
