/** TODO: the panel «Console». */
export function ConsolePanel() {
  return <p class="quiet">Console</p>;
}
