import type { Outcome } from 'ao-unit/unit';
import type { Expected } from './examples.ts';

/** What of an outcome is other than an example says, in a sentence; nothing if it is as it says. */
export function differenceOf({ messages, output }: Expected, { Error: failure, Messages, Output }: Outcome): string | undefined {
  if (failure !== undefined) return `The process failed: ${failure}`;
  if (messages && !matches(messages, Messages.map(plain))) {
    return `The example expects the messages ${JSON.stringify(messages)}`;
  }
  if (output !== undefined && !prints(output, Output.data ?? '')) {
    return `The example expects the output ${JSON.stringify(output)}`;
  }
  return undefined;
}

/** Whether everything that is expected is there: of texts that are JSON, what they hold. */
export function matches(expected: unknown, actual: unknown): boolean {
  if (expected === null || typeof expected !== 'object') return expected === actual;
  const value = typeof actual === 'string' ? parsed(actual) : actual;
  if (value === null || typeof value !== 'object') return false;
  if (Array.isArray(expected) && expected.length !== (value as unknown[]).length) return false;
  return Object.entries(expected).every(([name, inner]) => matches(inner, (value as Record<string, unknown>)[name]));
}

function prints(expected: NonNullable<Expected['output']>, output: string): boolean {
  return Array.isArray(expected) ? expected.every((part) => output.includes(part)) : matches(expected, output);
}

/** Tags by name. */
function plain({ Tags, ...fields }: Outcome['Messages'][number]) {
  return { ...fields, Tags: Object.fromEntries(Tags.map(({ name, value }) => [name, value])) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
