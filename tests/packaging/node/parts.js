// What needs no unit: data items, the machine, and the machine behind the loader's interface.

import { createDataItem, verifyDataItem } from 'ao-unit/data-item';
import { loader } from 'ao-unit/loader';
import { createMachine } from 'ao-unit/machine';

const { raw } = await createDataItem({ data: 'hello' });

const environment = {
  Process: { Id: 'process', Owner: 'owner', Tags: [] },
  Module: { Id: 'module', Owner: '', Tags: [] },
};
const message = (id, tag, data) => ({
  Id: id,
  Target: 'process',
  Owner: 'owner',
  From: 'owner',
  Module: 'module',
  Tags: [tag],
  Data: data,
  Timestamp: 1_700_000_000_000,
  'Block-Height': 1,
});
const spawn = message('process', { name: 'Type', value: 'Process' }, '');
const sum = message('message', { name: 'Action', value: 'Eval' }, '1 + 1');

const machine = await createMachine();
machine.evaluate(spawn, environment);
const { Output } = machine.evaluate(sum, environment);

const handle = await loader(undefined, { format: 'wasm64-unknown-emscripten-draft_2024_02_15' });
const { Memory } = await handle(null, spawn, environment);
const evaluated = await handle(Memory, sum, environment);

console.log(await verifyDataItem(raw), Output.data, evaluated.Output.data);
