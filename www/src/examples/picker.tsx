import { MAIN, replaceAll } from '../workspace/files.ts';
import { selected } from '../unit/processes.ts';
import { EXAMPLES, example } from './examples.ts';

/** Puts an example into the editor. */
export function ExamplePicker() {
  const choose = (id: string) => {
    const chosen = EXAMPLES.find((one) => one.id === id);
    if (!chosen) return;
    example.value = chosen;
    replaceAll([{ name: MAIN, text: chosen.source }]);
    selected.value = null;
  };
  return (
    <label class="field">
      <span>Example</span>
      <select value={example.value?.id ?? ''} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        {EXAMPLES.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}
