import { useEffect } from 'preact/hooks';
import { messageOf } from '../app/message-of.ts';
import type { Changes } from './changes.ts';
import { ChangesList } from './changes-list.tsx';
import { Handlers } from './handlers.tsx';
import { Inbox } from './inbox.tsx';
import type { Log } from './log-model.ts';
import type { Look } from './look.ts';
import { Search } from './search.tsx';
import { TreeModel } from './tree-model.ts';
import { Tree } from './tree.tsx';

interface StateViewProps {
  readonly look: Look;
  readonly log: Log;
  /** What is said of the changes: whose they are. */
  readonly title: string;
  /** `undefined` while they are looked for; `null` where there is nothing to compare with. */
  readonly changes: Changes | null | undefined;
}

const ROOTS = [
  { path: 'own', title: 'Own' },
  { path: 'runtime', title: 'Globals of the runtime' },
];

/** What is open stays so, from panel to panel and from process to process. */
const model = new TreeModel(['own']);

/** A state of a process, now or then: what changed, its globals, its handlers, its inbox. */
export function StateView({ look, log, title, changes }: StateViewProps) {
  useEffect(() => void model.show(look), [look]);
  useEffect(() => () => model.clear(), []);
  const onShow = (path: string) => void model.reveal(path);
  return (
    <div class="state">
      <ChangesList title={title} changes={changes} onShow={onShow} />
      <Search look={look} onShow={onShow} />
      {model.problem.value !== undefined && (
        <p role="alert" class="bad">
          {messageOf(model.problem.value)}
        </p>
      )}
      <Tree label="Globals" model={model} roots={ROOTS} changes={changes?.list ?? []} />
      {model.pages.value.get('own')?.count === 0 && <p class="quiet">The process has no globals of its own. Local variables of its code cannot be seen.</p>}
      <Handlers look={look} log={log} />
      <Inbox look={look} />
    </div>
  );
}
