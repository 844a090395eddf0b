/**
 * Tags that cannot be read at all, which aoconnect notices by stumbling: it looks for the first tag that is called
 * `Variant`, in whatever it was given, and reads the name of each until it has found it.
 *
 * @throws a `TypeError` with the words of that, and the code `ARGUMENT_INVALID`.
 */
export function checkReadable(tags: unknown): void {
  if (tags === undefined || tags === null) return;
  if (!Array.isArray(tags)) throw stumbled('ctx?.tags?.find is not a function');
  for (const tag of tags as unknown[]) {
    if (tag === undefined || tag === null) throw stumbled(`Cannot read properties of ${tag} (reading 'name')`);
    const { name } = tag as { name?: unknown };
    if (name === undefined || name === null) {
      throw stumbled(`Cannot read properties of ${name} (reading 'toLowerCase')`);
    }
    if (typeof name !== 'string') throw stumbled('tag.name.toLowerCase is not a function');
    if (name.toLowerCase() === 'variant') return;
  }
}

function stumbled(message: string): TypeError {
  return Object.assign(new TypeError(message), { code: 'ARGUMENT_INVALID' });
}
