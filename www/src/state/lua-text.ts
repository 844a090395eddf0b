/** What can be written as a Lua literal. */
export type LuaValue = string | number | boolean | undefined | readonly LuaValue[] | { readonly [name: string]: LuaValue };

/** A value as Lua source. No text can break out of it. */
export function luaLiteral(value: LuaValue): string {
  if (value === undefined) return 'nil';
  if (typeof value === 'string') return luaString(value);
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `{${value.map(luaLiteral).join(',')}}`;
  return `{${Object.entries(value).map(([name, field]) => `[${luaString(name)}]=${luaLiteral(field)}`).join(',')}}`;
}

function luaString(text: string): string {
  const escaped = (character: string) => `\\${character.charCodeAt(0).toString().padStart(3, '0')}`;
  return `"${text.replace(/["\\\u0000-\u001f\u007f]/g, escaped)}"`;
}
