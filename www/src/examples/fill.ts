/** What the templates of a step stand for: `{alice}` is an address, `{guests}` a list, `{timestamp}` a number. */
export type Facts = Readonly<Record<string, unknown>>;

/** `value` with every `{name}` in its texts replaced; a text that is nothing else becomes the fact itself. */
export function fill<T>(value: T, facts: Facts): T {
  return filled(value, facts) as T;
}

/** The names that a value asks for. */
export function namesIn(value: unknown): string[] {
  return [...new Set([...JSON.stringify(value ?? null).matchAll(/\{(\w[\w-]*)\}/g)].map(([, name]) => name ?? ''))];
}

function filled(value: unknown, facts: Facts): unknown {
  if (Array.isArray(value)) return value.map((inner) => filled(inner, facts));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, filled(inner, facts)]));
  }
  if (typeof value !== 'string') return value;
  const whole = /^\{(\w[\w-]*)\}$/.exec(value)?.[1];
  if (whole !== undefined && Object.hasOwn(facts, whole)) return facts[whole];
  return value.replace(/\{(\w[\w-]*)\}/g, (text, name: string) => (Object.hasOwn(facts, name) ? String(facts[name]) : text));
}
