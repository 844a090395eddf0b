import { choose } from './choose.ts';
import { EXAMPLES, exampleId, received } from './examples.ts';

/** Puts an example into the editor. */
export function ExamplePicker() {
  return (
    <label class="field">
      <span>Example</span>
      <select value={exampleId.value ?? ''} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        {exampleId.value === null && <option value="">{received.value?.title || 'Your own code'}</option>}
        {EXAMPLES.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}
