import type { Changes } from './changes.ts';
import { textOf } from './tree.tsx';

interface ChangesProps {
  readonly title: string;
  /** `undefined` while they are looked for; `null` where there is nothing to compare with. */
  readonly changes: Changes | null | undefined;
  /** Shows the place of a change in the tree. */
  readonly onShow?: ((path: string) => void) | undefined;
}

/** What differs between two states: new, changed, removed, each in a word, with the value before and after. */
export function ChangesList({ title, changes, onShow }: ChangesProps) {
  return (
    <section class="changes" aria-label="Changes">
      <h3>
        <span role="status">{changes ? `${title}: ${counted(changes)} changed` : changes === null ? title : `${title}…`}</span>
      </h3>
      {changes && changes.list.length > 0 && (
        <ul>
          {changes.list.map(({ path, label, kind, before, after }) => (
            <li key={`${path}${label}`}>
              <mark>{kind}</mark>{' '}
              {onShow && kind !== 'removed' && path.startsWith('own') ? (
                <button type="button" class="link" onClick={() => onShow(path)}>
                  {label}
                </button>
              ) : (
                <code>{label}</code>
              )}{' '}
              {before && <del>{textOf(before)}</del>}
              {before && after && ' → '}
              {after && <ins>{textOf(after)}</ins>}
            </li>
          ))}
        </ul>
      )}
      {changes?.isCut && <p class="quiet">There is more than is shown.</p>}
    </section>
  );
}

function counted({ list, isCut }: Changes): string {
  if (list.length === 0) return 'nothing';
  return `${list.length}${isCut ? ' or more' : ''} ${list.length === 1 ? 'value' : 'values'}`;
}
