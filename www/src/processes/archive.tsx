import { kept } from '../app/kept.ts';
import { nameOf } from '../unit/processes.ts';
import { open } from '../unit/session.ts';
import { signing } from '../unit/signing.ts';
import { doing } from './work.ts';

/** The bundler that was used last. */
const bundler = kept('bundler', '', {});

/** Posts a process to a bundler, so that it is permanent on Arweave. */
export function Archive({ process }: { process: string }) {
  const name = nameOf(process);
  return (
    <form
      class="process-actions"
      onSubmit={(event) => {
        event.preventDefault();
        void archive(process);
      }}
    >
      <label class="field">
        <span>Bundler</span>
        <input
          type="url"
          required
          placeholder="https://bundler.example"
          value={bundler.value}
          onInput={({ currentTarget }) => (bundler.value = currentTarget.value)}
        />
      </label>
      <button type="submit">Archive {name}</button>
    </form>
  );
}

/** Whoever signs pays: it is asked once more. */
function archive(process: string): Promise<boolean> {
  const name = nameOf(process);
  const question = `Post ${name} to ${bundler.value}? It is public and permanent then, and the wallet that signs pays for it.`;
  if (!confirm(question)) return Promise.resolve(false);
  return doing(`Archiving ${name}`, async (signal) => {
    const [unit, { signer }] = await Promise.all([open(), signing()]);
    const { ids, items, bytes } = await unit.archive(process, { url: bundler.value, signer, signal });
    return `${items} items of ${name} were posted, ${bytes.toLocaleString('en')} bytes: ${ids.join(', ')}`;
  });
}
