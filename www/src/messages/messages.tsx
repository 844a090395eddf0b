/** TODO: the panel «Messages». */
export function MessagesPanel() {
  return <p class="quiet">Messages</p>;
}
