// The playground, built, in a browser with an empty profile, and driven as a visitor would: by what it is called.

import { existsSync } from 'node:fs';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { headersOf } from '../../www/vite/headers.js';
import { FOLDERS, withBrowser } from '../demo/browser.mjs';

/** A page of somebody else's, that holds a snippet. */
const SNIPPET = { '/snippet/': fileURLToPath(new URL('./snippet/', import.meta.url)) };
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Runs `use({ page, complaints, … })` on the open playground; `npm run build --workspace www` comes before, after a change.
 * Where `SECOND_TRY` is set, as `cargo xtask ci` does it, what fails is said with the page as it was, and tried once more
 * in another browser: what a visitor does is timed by a machine that does much else. Nothing else than pages has that.
 * The headers are those that `cargo xtask start` sends, unless it is a host that sends none.
 */
export async function withPlayground(use, { routes, sendsHeaders = true } = {}) {
  const headersHere = (path) => (sendsHeaders && path.startsWith('/www/') ? headersOf(path) : {});
  if (!existsSync(`${ROOT}/www/dist/index.html`)) {
    await promisify(execFile)('npm', ['run', 'build', '--workspace', 'www'], { cwd: ROOT });
  }
  const open = () =>
    withBrowser(async (browser) => {
      await browser.page.goto(`${browser.origin}/www/index.html`);
      return use({ ...browser, playground: new Playground(browser.page) }).catch((error) => withView(error, browser.page));
    }, { folders: { ...SNIPPET, ...FOLDERS }, routes, headersOf: headersHere });
  if (!process.env.SECOND_TRY) return open();
  return open().catch((error) => {
    console.log(`second try: ${error.stack}`);
    return open();
  });
}

/** Throws the error again, with what the page showed. */
async function withView(error, page) {
  const shown = page.locator('body').ariaSnapshot({ timeout: 5000 }).catch((reason) => `no view of the page: ${reason.message}`);
  throw new Error(`${error.message}\n\nThe page was:\n${await shown}`, { cause: error });
}

/** What a visitor does. */
export class Playground {
  constructor(page) {
    this.page = page;
  }

  /** Presses Run and waits for what it says. */
  async run() {
    await this.page.getByRole('button', { name: 'Run', exact: true }).click();
    await this.page.getByRole('button', { name: 'Run', exact: true, disabled: false }).waitFor();
    return this.status(/^(Started|Loaded into|Failed in|[A-Z_]+:)/);
  }

  async status(expected) {
    const line = this.page.getByRole('status', { name: 'Run' }).filter({ hasText: expected });
    await line.waitFor();
    return line.innerText();
  }

  /** Shows a view by its title. */
  async view(title) {
    await this.page.getByRole('tab', { name: title, exact: true }).click();
    return this.page.getByRole('tabpanel', { name: title });
  }

  /** Puts Lua into the editor, in the place of what is there. */
  async write(source) {
    await this.page.getByRole('textbox', { name: 'Lua source' }).fill(source);
  }

  /** Sends one message of the example, by what it says of it, and waits for what it comes to. */
  async send(says) {
    await this.view('Example');
    await this.page.getByRole('button', { name: `Send: ${says}` }).click();
    await this.page.getByRole('listitem', { name: says }).getByText('As the example says').waitFor();
  }

  async example(title) {
    await this.page.getByRole('combobox', { name: 'Example' }).selectOption({ label: title });
  }

  /** Fills the composer of the view «Messages». */
  async compose({ action, tags = {}, data = '' }) {
    await this.page.getByLabel('Action', { exact: true }).fill(action);
    for (const [place, [name, value]] of Object.entries(tags).entries()) {
      await this.page.getByRole('button', { name: 'Add a tag' }).click();
      await this.page.getByLabel(`Name of tag ${place + 1}`).fill(name);
      await this.page.getByLabel(`Value of tag ${place + 1}`).fill(value);
    }
    await this.page.getByLabel('Data', { exact: true }).first().fill(data);
  }

  /** What the composer says of what was sent last. */
  async sent() {
    const line = this.page.getByRole('status', { name: 'Sending' }).filter({ hasText: /^(Sent: |Sent, and it failed|Dry run: |The dry run|[A-Z_]+: )/ });
    await line.waitFor();
    return line.innerText();
  }

  /** The link that Share makes, with the messages that are chosen: by what they are called, or how that begins. */
  async link(messages) {
    await this.page.getByRole('button', { name: 'Share' }).click();
    const dialog = this.page.getByRole('dialog', { name: 'Share' });
    if (messages) {
      const labels = await dialog.getByLabel('Messages in the link').getByRole('option').allInnerTexts();
      await dialog.getByLabel('Messages in the link').selectOption({ label: labels.find((label) => label.match(messages)) });
    }
    await dialog.getByRole('status').filter({ hasText: 'characters' }).waitFor();
    const link = await dialog.getByRole('textbox', { name: 'Link' }).inputValue();
    await dialog.getByRole('button', { name: 'Close' }).click();
    return link;
  }
}
