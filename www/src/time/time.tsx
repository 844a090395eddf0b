/** TODO: the panel «Time». */
export function TimePanel() {
  return <p class="quiet">Time</p>;
}
