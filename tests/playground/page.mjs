// The playground, built, in a browser with an empty profile, and driven as a visitor would: by what it is called.

import { existsSync } from 'node:fs';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { withBrowser } from '../demo/browser.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Runs `use({ page, complaints, … })` on the open playground; `npm run build --workspace www` comes before, after a change. */
export async function withPlayground(use) {
  if (!existsSync(`${ROOT}/www/dist/index.html`)) {
    await promisify(execFile)('npm', ['run', 'build', '--workspace', 'www'], { cwd: ROOT });
  }
  return withBrowser(async (browser) => {
    await browser.page.goto(`${browser.origin}/www/index.html`);
    return use({ ...browser, playground: new Playground(browser.page) });
  });
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
    return this.status(/^(Started|Loaded into|[A-Z_]+:)/);
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

  async example(title) {
    await this.page.getByRole('combobox', { name: 'Example' }).selectOption({ label: title });
  }
}
