// A process on the machine alone, without a unit: messages in, outcomes out.

import { createMachine, type Evaluated, type Machine, type MachineMessage, type Tag } from 'ao-unit/machine';

const PROCESS = 'P'.repeat(43);
const OWNER = 'O'.repeat(43);
const MODULE = 'M'.repeat(43);
/** More than any program uses. */
const GAS = 1e12;

const ENVIRONMENT = JSON.stringify({
  Process: { Id: PROCESS, Owner: OWNER, Tags: [{ name: 'Module', value: MODULE }] },
  Module: { Id: MODULE, Owner: OWNER, Tags: [] },
});

/** The message at a place of the log, from the owner. */
export function messageAt(nonce: number, tags: Tag[], data = ''): MachineMessage {
  // The first message is the process itself.
  const Id = nonce === 0 ? PROCESS : `${nonce}`.padStart(43, 'm');
  const block = { 'Block-Height': 1_500_000, Timestamp: 1_700_000_000_000 + nonce, Epoch: 0, Nonce: nonce };
  return { Id, Target: PROCESS, From: OWNER, Owner: OWNER, Tags: tags, Data: data, Cron: false, ...block };
}

export class BenchProcess {
  readonly #machine: Machine;
  #nonce = 0;

  private constructor(machine: Machine) {
    this.#machine = machine;
  }

  static async start(): Promise<BenchProcess> {
    const process = new BenchProcess(await createMachine({ gasLimit: GAS }));
    process.evaluate([
      { name: 'Type', value: 'Process' },
      { name: 'Module', value: MODULE },
    ]);
    return process;
  }

  /** What a message with these tags comes to. */
  evaluate(tags: Tag[], data?: string): Evaluated {
    const outcome = this.#machine.evaluate(messageAt(this.#nonce, tags, data), ENVIRONMENT);
    this.#nonce += 1;
    if (outcome.Error !== undefined) throw new Error(`the process failed: ${JSON.stringify(outcome.Error)}`);
    return outcome;
  }

  /** What Lua answers, as text. */
  eval(lua: string): string {
    const output = this.evaluate([{ name: 'Action', value: 'Eval' }], lua).Output as { data?: unknown };
    return String(output.data ?? '');
  }
}
