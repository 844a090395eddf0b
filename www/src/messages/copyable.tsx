import { useSignal } from '@preact/signals';

/** An id or an address, whole, and a button that copies it. `name` is what it is of. */
export function Copyable({ id, name, also }: { id: string; name: string; also?: string | undefined }) {
  const said = useSignal('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(id);
      said.value = 'Copied';
    } catch {
      said.value = 'The browser did not allow it: select the text, and copy it by hand';
    }
    setTimeout(() => (said.value = ''), 2_000);
  };
  return (
    <span class="copyable">
      {also !== undefined && also !== id && <strong>{also}</strong>} <code>{id}</code>
      <button type="button" class="small" aria-label={`Copy ${name}`} onClick={() => void copy()}>
        Copy
      </button>
      <span role="status" class="quiet">
        {said.value}
      </span>
    </span>
  );
}
