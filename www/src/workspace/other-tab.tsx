import { otherCode } from './files.ts';

// A tab that is left before the choice loses what is in it: the browser asks.
addEventListener('beforeunload', (event) => {
  if (otherCode.peek()) event.preventDefault();
});

/** Says that the code was changed in two tabs, and lets the reader choose. */
export function OtherTab() {
  const choice = otherCode.value;
  if (!choice) return null;
  return (
    <div role="alert" class="notice warn">
      <p>Another tab changed this code, and so did you. What you see here is not kept before you choose.</p>
      <button type="button" onClick={choice.take}>
        Take the other tab’s
      </button>
      <button type="button" onClick={choice.keep}>
        Keep mine, in both
      </button>
    </div>
  );
}
