import { effect } from '@preact/signals';
import { kept } from './kept.ts';

type Theme = 'system' | 'light' | 'dark';

const theme = kept<Theme>('theme', 'system', {});

effect(() => {
  if (theme.value === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme.value;
});

/** Light, dark, or as the system has it. */
export function ThemeSwitch() {
  return (
    <label class="field">
      <span class="hidden">Theme</span>
      <select value={theme.value} onChange={({ currentTarget }) => (theme.value = currentTarget.value as Theme)}>
        <option value="system">Theme: system</option>
        <option value="light">Theme: light</option>
        <option value="dark">Theme: dark</option>
      </select>
    </label>
  );
}
