/** A file of the editor. `main.lua` is what runs; the others are what it requires. */
export interface SourceFile {
  /** Ends in `.lua`; `require "name"` finds it without that. */
  readonly name: string;
  readonly text: string;
}

export const MAIN = 'main.lua';
