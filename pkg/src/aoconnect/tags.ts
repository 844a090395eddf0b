/**
 * Tags that cannot be read at all, which aoconnect notices by stumbling: it looks for the first tag that is called
 * `Variant`, in whatever it was given, and reads the name of each until it has found it. Then it looks at the rest.
 *
 * @throws a `TypeError` with the words of that, and the code `ARGUMENT_INVALID`.
 */
export function checkReadable(tags: unknown): void {
  if (tags === undefined || tags === null) return;
  if (!Array.isArray(tags)) throw stumbled('ctx?.tags?.find is not a function');
  let found = false;
  for (const tag of tags as unknown[]) {
    if (tag === undefined || tag === null) throw stumbled(`Cannot read properties of ${tag} (reading 'name')`);
    if (found) continue;
    const { name } = tag as { name?: unknown };
    if (name === undefined || name === null) {
      throw stumbled(`Cannot read properties of ${name} (reading 'toLowerCase')`);
    }
    const { toLowerCase } = name as Partial<string>;
    if (typeof toLowerCase !== 'function') throw stumbled('tag.name.toLowerCase is not a function');
    found = toLowerCase.call(name) === 'variant';
  }
}

function stumbled(message: string): TypeError {
  return Object.assign(new TypeError(message), { code: 'ARGUMENT_INVALID' });
}
