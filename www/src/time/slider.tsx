import type { Moment } from './moments.ts';

interface SliderProps {
  readonly at: Moment;
  readonly last: number;
  readonly onMove: (nonce: number) => void;
}

/** Where in the log one is: a slider over its nonces, and steps to the neighbours. */
export function Slider({ at, last, onMove }: SliderProps) {
  const move = (nonce: number) => onMove(Math.max(0, Math.min(last, nonce)));
  return (
    <div class="slider">
      <label class="slider-range">
        <span>After message</span>
        <input type="range" min={0} max={last} step={1} value={at.nonce} aria-valuetext={at.spoken} onInput={({ currentTarget }) => move(currentTarget.valueAsNumber)} />
      </label>
      <button type="button" aria-label="The message before" disabled={at.nonce === 0} onClick={() => move(at.nonce - 1)}>
        ◀
      </button>
      <button type="button" aria-label="The message after" disabled={at.nonce === last} onClick={() => move(at.nonce + 1)}>
        ▶
      </button>
      <output class="slider-at">
        {at.spoken} <span class="quiet">of {last}</span>
      </output>
    </div>
  );
}
