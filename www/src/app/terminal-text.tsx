import { stretches } from './colours.ts';

/** What a process wrote for a terminal, in its colours. It is text, whatever is in it. */
export function TerminalText({ text }: { text: string }) {
  return (
    <>
      {stretches(text).map(({ text: stretch, colour, bold }, index) =>
        colour || bold ? (
          <span key={index} class={[colour && `ansi-${colour}`, bold && 'ansi-bold'].filter(Boolean).join(' ')}>
            {stretch}
          </span>
        ) : (
          stretch
        ),
      )}
    </>
  );
}
