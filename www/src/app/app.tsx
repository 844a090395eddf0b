import { Editor } from '../editor/editor.tsx';
import { Header } from './header.tsx';
import { Panels } from './panels.tsx';
import { PausedNotice } from './paused-notice.tsx';
import { SessionNotice } from './session-notice.tsx';
import { NewerVersion } from '../offline/newer.tsx';
import { Received } from '../share/received.tsx';
import { OtherTab } from '../workspace/other-tab.tsx';
import { RunStatus } from '../workspace/run-status.tsx';

/** The playground: the code on one side, what it does on the other; below each other where it is narrow. */
export function App() {
  return (
    <>
      <Header />
      <SessionNotice />
      <PausedNotice />
      <NewerVersion />
      <Received />
      <OtherTab />
      <main class="workspace">
        <section class="code" aria-label="Code">
          <Editor />
          <RunStatus />
        </section>
        <section class="views" aria-label="Process">
          <Panels />
        </section>
      </main>
    </>
  );
}
