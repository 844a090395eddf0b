/** TODO: the panel «Processes». */
export function ProcessesPanel() {
  return <p class="quiet">Processes</p>;
}
