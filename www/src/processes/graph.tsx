import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { whois } from '../unit/people.ts';
import { nameOf, processes, selected } from '../unit/processes.ts';
import { flows, followTraffic, type Flow } from './traffic.ts';

/** The drawing's own measure; it is shown as large as there is room. */
const SIZE = 640;
const MIDDLE = SIZE / 2;
const RADIUS = 250;
/** More than so many nodes are a list, and no drawing. */
const MOST = 80;
/** The names of more than so many would cover each other: the chosen one has its name, the others say it when pointed at. */
const MOST_NAMED = 24;
/** So many rows are shown at first: the table is made anew whenever somebody sends something. */
const FIRST_ROWS = 50;
/** More than so many lines are drawn together, by their width: each that is marked by itself costs a layer of its own. */
const MOST_APART = 60;
/** So long what was just sent is marked, in milliseconds. */
const FRESH_MS = 1500;

/** Who sent what to whom, drawn as messages flow; the same as a table, for those who do not see it. */
export function GraphView() {
  useEffect(followTraffic, []);
  const all = [...flows.value.values()].sort((one, other) => other.count - one.count);
  const names = [...new Set([...processes.value.map(({ id }) => id), ...all.flatMap(({ from, to }) => [from, to])])];
  if (names.length === 0) return <p class="quiet">There is no process yet. Press Run to start one.</p>;
  const drawn = names.slice(0, MOST);
  return (
    <>
      {names.length > MOST && <p class="quiet">The drawing has the first {MOST} of {names.length}; the table has all.</p>}
      <Drawing names={drawn} flows={all.filter(({ from, to }) => drawn.includes(from) && drawn.includes(to))} />
      <Table flows={all} />
    </>
  );
}

function Drawing({ names, flows }: { names: readonly string[]; flows: readonly Flow[] }) {
  const places = new Map(names.map((name, at) => [name, placeOf(at, names.length)]));
  const own = new Set(processes.value.map(({ id }) => id));
  return (
    <svg viewBox={`0 0 ${SIZE} ${SIZE}`} class="graph" role="img" aria-label="Who sent what to whom: the table below says the same">
      {strokesOf(flows).map(({ key, width, isFresh, flows }) => {
        const arrows = flows.map(({ from, to }) => arrow(places.get(from), places.get(to)));
        return (
          <g key={key} class={isFresh ? 'flow fresh' : 'flow'}>
            <path class="flow-line" d={arrows.map(({ line }) => line).join('')} stroke-width={width} />
            <path class="flow-head" d={arrows.map(({ head }) => head).join('')} />
          </g>
        );
      })}
      {names.map((name) => (
        <Node key={name} name={name} place={places.get(name) ?? { x: MIDDLE, y: MIDDLE }} isProcess={own.has(name)} of={names.length} />
      ))}
    </svg>
  );
}

/** Lines that are drawn in one. */
interface Stroke {
  readonly key: string;
  readonly width: number;
  readonly isFresh: boolean;
  readonly flows: Flow[];
}

/** A stroke for each flow; of many, one for each width and freshness. */
function strokesOf(flows: readonly Flow[]): Stroke[] {
  const [largest, now] = [Math.max(1, ...flows.map(({ count }) => count)), performance.now()];
  const together = new Map<string, Stroke>();
  const apart: Stroke[] = [];
  for (const flow of flows) {
    const [width, isFresh] = [1 + (3 * flow.count) / largest, now - flow.at < FRESH_MS];
    if (flows.length <= MOST_APART) {
      // A flow that goes on is another element, so that its mark begins anew.
      apart.push({ key: `${flow.from} ${flow.to} ${flow.count}`, width, isFresh, flows: [flow] });
      continue;
    }
    const key = `${Math.round(width)} ${isFresh ? Math.round(flow.at / FRESH_MS) : ''}`;
    const stroke = together.get(key) ?? { key, width: Math.round(width), isFresh, flows: [] };
    together.set(key, stroke);
    stroke.flows.push(flow);
  }
  return [...apart, ...together.values()];
}

interface NodeProps {
  readonly name: string;
  readonly place: Place;
  readonly isProcess: boolean;
  /** How many nodes there are. */
  readonly of: number;
}

/** A press on a process chooses it; by keyboard, the buttons of the table do. */
function Node({ name, place: { x, y }, isProcess, of }: NodeProps) {
  const isSelected = name === selected.value;
  const called = isProcess ? nameOf(name) : whois(name);
  return (
    <g class={`node${isProcess ? ' choosable' : ''}${isSelected ? ' selected' : ''}`} onClick={isProcess ? () => (selected.value = name) : undefined}>
      <title>{called}</title>
      {isProcess ? <circle cx={x} cy={y} r={nodeSize(of)} /> : <rect x={x - 7} y={y - 7} width="14" height="14" />}
      {(of <= MOST_NAMED || isSelected) && (
        <text x={x} y={y < MIDDLE ? y - 20 : y + 32} text-anchor="middle">
          {called}
        </text>
      )}
    </g>
  );
}

function Table({ flows }: { flows: readonly Flow[] }) {
  const isWhole = useSignal(false);
  if (flows.length === 0) return <p class="quiet">Nobody has sent anything yet.</p>;
  const shown = isWhole.value ? flows : flows.slice(0, FIRST_ROWS);
  return (
    <>
      <div class="scroll" role="region" aria-label="Messages by sender and receiver" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col">To</th>
              <th scope="col">Messages</th>
              <th scope="col">Last action</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ from, to, count, action }) => (
              <tr key={`${from} ${to}`}>
                <td><Who id={from} /></td>
                <td><Who id={to} /></td>
                <td>{count.toLocaleString('en')}</td>
                <td>{action}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < flows.length && (
        <button type="button" onClick={() => (isWhole.value = true)}>
          Show all {flows.length.toLocaleString('en')} rows
        </button>
      )}
    </>
  );
}

/** A process is a button that chooses it. */
function Who({ id }: { id: string }) {
  if (!processes.value.some((process) => process.id === id)) return <>{whois(id)}</>;
  return (
    <button type="button" class="link" aria-pressed={id === selected.value} onClick={() => (selected.value = id)}>
      {whois(id)}
    </button>
  );
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** On a circle, from the top on, clockwise. */
function placeOf(at: number, of: number): Place {
  const angle = (2 * Math.PI * at) / of - Math.PI / 2;
  return { x: MIDDLE + RADIUS * Math.cos(angle), y: MIDDLE + RADIUS * Math.sin(angle) };
}

/** Bent, so that there and back are two lines; what a process sends to itself is a loop. */
function arrow(from: Place | undefined, to: Place | undefined): { line: string; head: string } {
  if (!from || !to) return { line: '', head: '' };
  if (from === to) {
    const [bend, end] = [{ x: from.x + 60, y: from.y - 70 }, { x: from.x + 8, y: from.y - 8 }];
    return { line: `M${from.x - 8} ${from.y} C${from.x - 60} ${from.y - 70} ${bend.x} ${bend.y} ${end.x} ${end.y}`, head: headOf(bend, end) };
  }
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy);
  const end = { x: to.x - (14 * dx) / length, y: to.y - (14 * dy) / length };
  const bend = { x: (from.x + to.x) / 2 - dy * 0.12, y: (from.y + to.y) / 2 + dx * 0.12 };
  return { line: `M${from.x} ${from.y} Q${bend.x} ${bend.y} ${end.x} ${end.y}`, head: headOf(bend, end) };
}

/** A triangle whose tip is where the line ends, in the direction that it comes from. */
function headOf(bend: Place, { x, y }: Place): string {
  const length = Math.hypot(x - bend.x, y - bend.y) || 1;
  const [along, across] = [(x - bend.x) / length, (y - bend.y) / length];
  const [backX, backY] = [x - 10 * along, y - 10 * across];
  return `M${x} ${y} L${backX - 5 * across} ${backY + 5 * along} L${backX + 5 * across} ${backY - 5 * along}z`;
}

function nodeSize(count: number): number {
  return count > MOST_NAMED ? 6 : 11;
}
