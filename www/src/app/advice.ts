/** What a person can do about what went wrong. What was acknowledged is stored, whatever it was. */
const ADVICE: Readonly<Record<string, string>> = {
  CRASHED: 'What was acknowledged is stored. Open it again: it goes on from there.',
  CLOSED: 'Another tab may have upgraded it. Open it again.',
  STORE_QUOTA:
    'This browser gives the page no more room. Export what you want to keep, delete processes under “Processes”, then go on; nothing that was acknowledged is lost.',
  PAGE_QUOTA:
    'This browser gives the page no more room for its code and settings. Copy your code, or make a link of it under “Share”, before you leave; make it smaller, or delete other data of this site. It is tried again at every change.',
  PAGE_STORAGE: 'This browser refuses storage, as some do in private windows. Copy your code before you leave.',
  STORE_UNAVAILABLE: 'This browser refuses storage, as some do in private windows. Allow it for this page, or use another window.',
  STORE_FAILED: 'The storage failed. It is tried again by itself; if it goes on, export your processes and reload.',
  STORE_ABORTED: 'The browser gave up what was being written. Do it again; if it goes on, export your processes and reload.',
  STORE_LOST: 'The storage was deleted, or another page took it over. Close the other tabs of this page, and reload.',
  STORE_BLOCKED: 'Close the other tabs of this page: one of them holds on to an older version.',
  UNIT_BUSY: 'Another tab has the unit in another version. Close or reload that tab, then open it again.',
  WASM_UNAVAILABLE: 'A file of the playground did not arrive. Reload when the network is there.',
  UNSUPPORTED: 'This browser lacks something that the unit needs. A current Chrome, Edge, Firefox or Safari has it, over https.',
  LOG_CORRUPT: 'What is stored of this process was changed from outside. Import it from an export, or delete it.',
};

/** What to do about an error with this code; nothing, if the message says all. */
export function adviceOn(code: string): string {
  return ADVICE[code] ?? '';
}
