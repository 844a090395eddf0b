import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { StorageState } from 'ao-unit/unit';
import { offline } from '../offline/registration.ts';
import { open, unit } from '../unit/session.ts';
import { WorkStatus } from './work-status.tsx';
import { doing } from './work.ts';

const state = signal<StorageState | undefined>(undefined);

/** From so much of the quota on it is said that room runs out. */
const NEARLY_FULL = 0.8;

/** What the playground takes up, and whether the browser may delete it. */
export function StorageView() {
  useEffect(() => void look(), [unit.value]);
  const now = state.value;
  return (
    <>
      {now && (
        <>
          <p>
            <label>
              In use: {megabytes(now.usage)} of {megabytes(now.quota)}{' '}
              <meter min={0} max={now.quota} high={now.quota * NEARLY_FULL} value={now.usage} aria-label="Storage in use" />
            </label>
          </p>
          {now.usage > now.quota * NEARLY_FULL && (
            <p class="warn">There is little room left. Export what you want to keep, and delete processes that you no longer need.</p>
          )}
          {now.persisted ? (
            <p>The browser will not delete it to make room.</p>
          ) : (
            <>
              <p>The browser may delete it when it runs out of room.</p>
              <button type="button" onClick={() => void persist()}>
                Ask it to keep everything
              </button>
            </>
          )}
        </>
      )}
      <p>{OFFLINE[offline.value]}</p>
      <p>
        <a href="./bench.html">Measure how fast it is on this machine</a>
      </p>
      <WorkStatus />
    </>
  );
}

const OFFLINE = {
  no: 'This browser does not keep the page: it needs a network to be opened.',
  'getting ready': 'The page is being kept, so that it opens without a network.',
  failed: 'The page could not be kept: a file did not arrive, or there is no room. It needs a network to be opened; a reload tries again.',
  ready: 'The page opens without a network.',
  newer: 'A newer version of the page is here.',
};

async function look(): Promise<void> {
  if (unit.value) state.value = await unit.value.storage();
}

function persist(): Promise<boolean> {
  return doing('Asking the browser', async () => {
    const agreed = await (await open()).persist();
    await look();
    return agreed ? 'It agreed: it keeps everything.' : 'It did not agree. Some browsers do once a page is used often, or installed.';
  });
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toLocaleString('en', { maximumFractionDigits: 1 })} MB`;
}
