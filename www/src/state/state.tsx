/** TODO: the panel «State». */
export function StatePanel() {
  return <p class="quiet">State</p>;
}
