/** Whether this is a snippet in another page, `embed.html`, and not the playground itself. */
export const embedded = document.documentElement.dataset.view === 'embed';
