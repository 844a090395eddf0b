import { toFragment } from '../share/link.ts';

/** Where this script lies: the frame's page lies beside it. */
const HERE = import.meta.url;

/**
 * `<ao-playground>`: a runnable snippet in any page. The Lua is the text of the element, or of a `<script type="text/lua">`
 * in it; `title` is what it is called. It is shown in a frame of its own, from where this script lies, so that neither
 * page reaches the other; nothing runs before the reader presses Run.
 *
 * ```html
 * <script type="module" src="https://playground.example/ao-playground.js"></script>
 * <ao-playground title="Echo">
 *   <script type="text/lua">
 *     Handlers.add("Echo", function(msg) msg.reply({ Data = msg.Data }) end)
 *   </script>
 *   <script type="application/json">
 *     [{ "says": "Alice calls.", "from": "alice", "tags": { "Action": "Echo" }, "data": "Hello", "expected": {} }]
 *   </script>
 * </ao-playground>
 * ```
 */
export class AoPlayground extends HTMLElement {
  static readonly observedAttributes = ['title', 'height'];

  readonly #frame = document.createElement('iframe');

  constructor() {
    super();
    this.#frame.loading = 'lazy';
    this.#frame.style.cssText = 'display: block; width: 100%; border: 0';
    this.attachShadow({ mode: 'open' }).append(this.#frame);
  }

  connectedCallback(): void {
    this.style.display = 'block';
    this.attributeChangedCallback();
    // Its children are there once the page is parsed up to its end.
    if (document.readyState === 'loading') addEventListener('DOMContentLoaded', () => void this.#show(), { once: true });
    else void this.#show();
  }

  attributeChangedCallback(): void {
    this.#frame.title = this.title || 'A runnable ao process';
    this.#frame.height = this.getAttribute('height') ?? '480';
  }

  async #show(): Promise<void> {
    try {
      this.#frame.src = await this.#address();
    } catch (error) {
      this.#frame.replaceWith(`This snippet cannot be shown: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** Its own, without that of scripts in it. */
  get #text(): string {
    return [...this.childNodes].map((node) => (node instanceof Text ? node.data : '')).join('');
  }

  async #address(): Promise<string> {
    const [lua, steps] = ['text/lua', 'application/json'].map((type) => this.querySelector(`script[type="${type}"]`)?.textContent);
    const fragment = await toFragment({
      title: this.title,
      description: '',
      files: [{ name: 'main.lua', text: withoutIndent(lua ?? this.#text) }],
      cast: { process: 1 },
      spawn: {},
      steps: JSON.parse(steps ?? '[]'),
    });
    return new URL(`embed.html#${fragment}`, HERE).href;
  }
}

/** Lua as it stood in the page, moved to the left by what all its lines have in front. */
function withoutIndent(text: string): string {
  const lines = text.replace(/^\s*\n/, '').trimEnd().split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^\s*/.exec(line)?.[0].length ?? 0);
  const common = Math.min(...indents, 80);
  return `${lines.map((line) => line.slice(common)).join('\n')}\n`;
}

customElements.define('ao-playground', AoPlayground);
