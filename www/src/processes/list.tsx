import type { ProcessSummary } from 'ao-unit/unit';
import { whois } from '../unit/people.ts';
import { nameOf, processes, refresh, rename, selected } from '../unit/processes.ts';
import { open } from '../unit/session.ts';
import { signing } from '../unit/signing.ts';
import { Archive } from './archive.tsx';
import { WorkStatus } from './work-status.tsx';
import { doing, unlessStopped } from './work.ts';

/** Every process, and what can be done with it. */
export function ListView() {
  return (
    <>
      <div class="process-actions">
        <button type="button" onClick={() => void spawn()}>
          Spawn an empty process
        </button>
        <label class="button-like">
          Import a process
          <input type="file" class="hidden" onChange={({ currentTarget }) => void take(currentTarget)} />
        </label>
      </div>
      <WorkStatus />
      {processes.value.length === 0 && <p class="quiet">There is no process yet. Press Run to start one.</p>}
      <ul class="processes" aria-label="Processes">
        {byName(processes.value).map((one) => (
          <ProcessRow key={one.id} process={one} />
        ))}
      </ul>
    </>
  );
}

function ProcessRow({ process }: { process: ProcessSummary }) {
  const { id, owner, length, evaluated, outbound, forkedFrom, cron } = process;
  const name = nameOf(id);
  const facts = [
    messages(length),
    evaluated < length && `${(length - evaluated).toLocaleString('en')} to evaluate`,
    outbound > 0 && `${outbound.toLocaleString('en')} sent to addresses that are not here`,
    forkedFrom && `forked from ${nameOf(forkedFrom)}`,
    cron && (cron.monitored ? 'ticks' : 'has a cron'),
  ];
  return (
    <li aria-label={name} aria-current={id === selected.value ? 'true' : undefined}>
      <label class="field">
        <input type="radio" name="selected-process" checked={id === selected.value} onChange={() => (selected.value = id)} />
        <strong>{name}</strong>
      </label>
      <p class="quiet">
        {facts.filter(Boolean).join(' · ')} · owned by {whois(owner)}
      </p>
      <code class="quiet address">{id}</code>
      <details>
        <summary>More about {name}</summary>
        <label class="field">
          <span>Call it</span>
          <input value={name} onChange={({ currentTarget }) => rename(id, currentTarget.value)} />
        </label>
        <div class="process-actions">
          <button type="button" onClick={() => void save(id)}>
            Export {name}
          </button>
          <button type="button" onClick={() => void replay(id)}>
            Replay {name}
          </button>
          <button type="button" class="bad" onClick={() => void remove(id)}>
            Delete {name}
          </button>
        </div>
        <Archive process={id} />
      </details>
    </li>
  );
}

function spawn(): Promise<boolean> {
  return doing('Spawning', async () => {
    const [unit, { signer }] = await Promise.all([open(), signing()]);
    selected.value = await unit.deploy({ source: '', signer });
    await refresh(unit);
    return 'An empty process was spawned, and is selected.';
  });
}

function save(id: string): Promise<boolean> {
  return doing(`Exporting ${nameOf(id)}`, async (signal) => {
    const file = await (await open()).exportProcess(id, { signal });
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([file]));
    link.download = `${nameOf(id).replace(/[^\w-]+/g, '-')}.ao`;
    link.click();
    // A browser may begin to save only after this turn.
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    return `${nameOf(id)} is in one file of ${kilobytes(file.length)}: import it here, or anywhere else.`;
  });
}

/** The unit says nothing before it is done: how much there is to do is all that is known. */
function replay(id: string): Promise<boolean> {
  const all = processes.value.find((one) => one.id === id)?.evaluated ?? 0;
  return doing(
    `Evaluating all ${messages(all)} of ${nameOf(id)} anew`,
    async (signal) => {
      const { entries, different, memoryIsEqual } = await (await open()).replay(id, { signal });
      if (different === 0 && memoryIsEqual) return `All ${entries} outcomes and the memory are the same as before.`;
      return `${different} of ${entries} outcomes differ from before; the memory is ${memoryIsEqual ? 'the same' : 'not the same'}.`;
    },
    {
      about: 'It takes as long as they took the first time. The unit does nothing else meanwhile, and does not say how far it is.',
      stopped: `You no longer wait for what comes of it. The unit still evaluates ${nameOf(id)} to the end; everything else waits for that.`,
    },
  );
}

function remove(id: string): Promise<boolean> {
  const name = nameOf(id);
  if (!confirm(`Delete ${name}? Its log and its state are gone then, unless you exported it.`)) return Promise.resolve(false);
  return doing(`Deleting ${name}`, async () => {
    const unit = await open();
    await unit.deleteProcess(id);
    rename(id, '');
    if (selected.value === id) selected.value = null;
    await refresh(unit);
    return `${name} is deleted.`;
  });
}

async function take(input: HTMLInputElement): Promise<void> {
  const file = input.files?.[0];
  if (!file) return;
  await doing(
    `Importing ${file.name}, ${kilobytes(file.size)}`,
    async (signal) => {
      const unit = await open();
      const arriving = unit.importProcess(new Uint8Array(await file.arrayBuffer()));
      // It is listed when it is here, whether anybody waits or not.
      const listed = arriving.then(() => refresh(unit));
      await unlessStopped(signal, listed);
      const id = await arriving;
      selected.value = id;
      return `${nameOf(id)} is here, and selected. Its log is evaluated when it is needed.`;
    },
    {
      about: 'Every signature in it is verified.',
      stopped: `You no longer wait for ${file.name}. If nothing is wrong with it, it is in the list below once it is here.`,
    },
  );
  input.value = '';
}

function messages(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'message' : 'messages'}`;
}

function kilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 1000).toLocaleString('en')} kB`;
}

function byName(all: readonly ProcessSummary[]): ProcessSummary[] {
  return [...all].sort((one, other) => nameOf(one.id).localeCompare(nameOf(other.id), 'en', { numeric: true }));
}
