import { render } from 'preact';
import { watchFailures } from '../workspace/failures.ts';
import { Snippet, takeSnippet } from './snippet.tsx';

const root = document.getElementById('snippet');
if (!root) throw new Error('the page has no #snippet');
render(<Snippet />, root);
watchFailures();
// The unit opens with the first Run: a page may hold many snippets.
void takeSnippet();
