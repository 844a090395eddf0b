import { UnitError } from '../error.js';
import { checkBody } from './admission.js';
import { excluded, signedItem } from './item.js';
import { locate } from './lookup.js';
import { json, text } from './response.js';
import { required, Routes, type NetworkRequest } from './routes.js';
import type { CallTarget } from '../calls.js';
import type { Receipt } from '../types.js';

/** The routes of a messenger. */
export function messenger(unit: CallTarget): Routes {
  /** Whoever asks signs: who it is, is not looked at, as on the network. */
  const monitor = async (request: NetworkRequest, process: string, on: boolean): Promise<void> => {
    const item = await request.bytes();
    checkBody(item);
    await unit.ask('identify', item);
    await unit.ask('monitor', process, on);
  };

  return new Routes('messenger', {
    'GET /': async () => text('ao messenger unit'),

    'POST /': async (request) => {
      const { query } = request;
      if (!query.has('process-id') && !query.has('assign')) {
        const { id } = JSON.parse(await unit.ask('accept', await signedItem(request))) as Receipt;
        return json({ message: 'Processing DataItem', id }, 202);
      }
      if (!query.get('process-id') || !query.get('assign')) {
        const words = 'You must set both process-id and assign to send an assignment, not just one';
        throw new UnitError('ARGUMENT_INVALID', words);
      }
      const [process, message] = [required(query, 'process-id'), required(query, 'assign')];
      const { id } = JSON.parse(await unit.ask('assign', process, message, excluded(query))) as Receipt;
      return json({ message: 'Processing Assignment', id }, 202);
    },

    'POST /monitor/:process': async (request, { process = '' }) => {
      await monitor(request, process, true);
      return text('Monitoring process');
    },

    'DELETE /monitor/:process': async (request, { process = '' }) => {
      await monitor(request, process, false);
      return text('Process deleted');
    },

    // What an outcome sends is on its way with the outcome: there is nothing left to push.
    'POST /push/:id/:number': async (_, { id = '' }) => {
      await locate(unit, id);
      return json({ message: 'Processing DataItem', id }, 202);
    },
  });
}
