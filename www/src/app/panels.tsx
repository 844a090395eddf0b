import type { ComponentType } from 'preact';
import { ConsolePanel } from '../console/console.tsx';
import { ExamplePanel } from '../examples/example.tsx';
import { MessagesPanel } from '../messages/messages.tsx';
import { ProcessesPanel } from '../processes/processes.tsx';
import { StatePanel } from '../state/state.tsx';
import { TimePanel } from '../time/time.tsx';
import { shownPanel } from './panels-shown.ts';
import { Tabs } from './tabs.tsx';

/** A view of what the processes do. */
export interface Panel {
  readonly id: string;
  readonly title: string;
  readonly View: ComponentType;
}

export const PANELS: readonly Panel[] = [
  { id: 'example', title: 'Example', View: ExamplePanel },
  { id: 'console', title: 'Console', View: ConsolePanel },
  { id: 'messages', title: 'Messages', View: MessagesPanel },
  { id: 'state', title: 'State', View: StatePanel },
  { id: 'time', title: 'Time', View: TimePanel },
  { id: 'processes', title: 'Processes', View: ProcessesPanel },
];

/** The panels, one of which is shown. */
export function Panels() {
  return <Tabs label="Views of the process" tabs={PANELS} shown={shownPanel} />;
}
