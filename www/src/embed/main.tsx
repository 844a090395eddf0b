import { render } from 'preact';
import { Snippet, takeSnippet } from './snippet.tsx';

const root = document.getElementById('snippet');
if (!root) throw new Error('the page has no #snippet');
render(<Snippet />, root);
// The unit opens with the first Run: a page may hold many snippets.
void takeSnippet();
