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
  const largest = Math.max(1, ...flows.map(({ count }) => count));
  const own = new Set(processes.value.map(({ id }) => id));
  const now = performance.now();
  return (
    <svg viewBox={`0 0 ${SIZE} ${SIZE}`} class="graph" role="img" aria-label="Who sent what to whom: the table below says the same">
      <defs>
        <marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0 0 8 4 0 8z" fill="context-stroke" />
        </marker>
      </defs>
      {flows.map((flow) => (
        <path
          // A flow that goes on is another path, so that its mark begins anew.
          key={`${flow.from} ${flow.to} ${flow.count}`}
          d={curve(places.get(flow.from), places.get(flow.to))}
          class={now - flow.at < FRESH_MS ? 'flow fresh' : 'flow'}
          stroke-width={1 + (3 * flow.count) / largest}
          marker-end="url(#arrow)"
        />
      ))}
      {names.map((name) => {
        const { x, y } = places.get(name) ?? { x: MIDDLE, y: MIDDLE };
        const isProcess = own.has(name);
        return (
          <g key={name} class={name === selected.value ? 'node selected' : 'node'}>
            {isProcess ? <circle cx={x} cy={y} r={nodeSize(names.length)} /> : <rect x={x - 7} y={y - 7} width="14" height="14" />}
            {names.length <= 24 && (
              <text x={x} y={y < MIDDLE ? y - 20 : y + 32} text-anchor="middle">
                {isProcess ? nameOf(name) : whois(name)}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}

function Table({ flows }: { flows: readonly Flow[] }) {
  if (flows.length === 0) return <p class="quiet">Nobody has sent anything yet.</p>;
  return (
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
          {flows.slice(0, 500).map(({ from, to, count, action }) => (
            <tr key={`${from} ${to}`}>
              <td>{whois(from)}</td>
              <td>{whois(to)}</td>
              <td>{count.toLocaleString('en')}</td>
              <td>{action}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
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
function curve(from: Place | undefined, to: Place | undefined): string {
  if (!from || !to) return '';
  if (from === to) return `M${from.x - 8} ${from.y} C${from.x - 60} ${from.y - 70} ${from.x + 60} ${from.y - 70} ${to.x + 8} ${to.y}`;
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy);
  const end = { x: to.x - (14 * dx) / length, y: to.y - (14 * dy) / length };
  return `M${from.x} ${from.y} Q${(from.x + to.x) / 2 - dy * 0.12} ${(from.y + to.y) / 2 + dx * 0.12} ${end.x} ${end.y}`;
}

function nodeSize(count: number): number {
  return count > 24 ? 6 : 11;
}
