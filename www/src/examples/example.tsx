import { example } from './examples.ts';

/** The example that is in the editor: what it is, and what to send to it. */
export function ExamplePanel() {
  const chosen = example.value;
  if (!chosen) return <p class="quiet">Choose an example above.</p>;
  return (
    <>
      <h2>{chosen.title}</h2>
      <p>{chosen.description}</p>
    </>
  );
}
