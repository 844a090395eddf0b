/** What the playground says in a frame of another page, in the place of everything else. */
export function Framed() {
  return (
    <main class="framed">
      <h1>
        ao-unit <small>playground</small>
      </h1>
      <p>
        The playground does not run inside another page: what lies around it could lead you to press Run, or to sign,
        without seeing what you do.
      </p>
      <p>
        <a href={location.href} target="_blank" rel="noopener">
          Open it in a tab of its own
        </a>
      </p>
    </main>
  );
}
