import { plain } from './format.ts';
/** Why a message failed, with the way to the line. */
export function Failure({ error }: { error: string; process?: string | undefined }) {
  return <pre class="bad" aria-label="Error">{plain(error)}</pre>;
}
