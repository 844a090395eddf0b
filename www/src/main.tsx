import { render } from 'preact';
import { App } from './app/app.tsx';
import { Framed } from './app/framed.tsx';
import { followOutput } from './console/live.ts';
import { followPrompt } from './console/evaluation.ts';
import { keepOffline } from './offline/registration.ts';
import { listenToLinks } from './share/received.tsx';
import { open } from './unit/session.ts';
import { watchFailures } from './workspace/failures.ts';

const root = document.getElementById('playground');
if (!root) throw new Error('the page has no #playground');
if (window.top === window.self) begin(root);
else render(<Framed />, root);

function begin(within: HTMLElement): void {
  render(<App />, within);
  listenToLinks();
  watchFailures();
  followPrompt();
  followOutput();
  // The unit opens beside the first paint: Run finds it ready.
  void open().catch(() => undefined);
  void keepOffline();
}
