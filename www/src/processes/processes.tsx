import { kept } from '../app/kept.ts';
import { Tabs } from '../app/tabs.tsx';
import { ClockView } from './clock.tsx';
import { GraphView } from './graph.tsx';
import { ListView } from './list.tsx';
import { StorageView } from './storage.tsx';

const VIEWS = [
  { id: 'list', title: 'List', View: ListView },
  { id: 'graph', title: 'Graph', View: GraphView },
  { id: 'clock', title: 'Clock and cron', View: ClockView },
  { id: 'storage', title: 'Storage', View: StorageView },
];

const shown = kept('processes-view', 'list');

/** All processes of the unit: what they are, who sends what to whom, what the clock brings, what they take up. */
export function ProcessesPanel() {
  return <Tabs label="Views of all processes" tabs={VIEWS} shown={shown} />;
}
