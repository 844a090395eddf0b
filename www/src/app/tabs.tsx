import type { Signal } from '@preact/signals';
import type { ComponentType } from 'preact';

interface TabsProps {
  readonly label: string;
  readonly tabs: readonly { readonly id: string; readonly title: string; readonly View: ComponentType }[];
  /** The id of the tab that is shown. */
  readonly shown: Signal<string>;
}

/** Views of which one is shown, as the ARIA pattern of tabs has them: arrows move, Home and End go to the ends. */
export function Tabs({ label, tabs, shown }: TabsProps) {
  const current = tabs.find(({ id }) => id === shown.value) ?? tabs[0];
  if (!current) return null;
  const move = (event: KeyboardEvent) => {
    const at = tabs.indexOf(current);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = tabs[(to + tabs.length) % tabs.length];
    if (!next) return;
    shown.value = next.id;
    document.getElementById(`tab-${next.id}`)?.focus();
  };
  return (
    <div class="tabs">
      <div role="tablist" aria-label={label} class="tablist" onKeyDown={move}>
        {tabs.map(({ id, title }) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`tab-${id}`}
            aria-selected={id === current.id}
            aria-controls={`panel-${id}`}
            tabIndex={id === current.id ? 0 : -1}
            onClick={() => (shown.value = id)}
          >
            {title}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`panel-${current.id}`} aria-labelledby={`tab-${current.id}`} class="tabpanel" tabIndex={0}>
        <current.View />
      </div>
    </div>
  );
}
