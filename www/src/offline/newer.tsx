import { offline, takeNewer } from './registration.ts';

/** Says that a newer version of the playground is there. */
export function NewerVersion() {
  if (offline.value !== 'newer') return null;
  return (
    <div role="status" class="notice">
      <p>There is a newer version of the playground. To open it, all its tabs reload; code and processes stay as they are.</p>
      <button type="button" onClick={takeNewer}>
        Open it
      </button>
    </div>
  );
}
