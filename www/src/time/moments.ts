import type { Log } from '../state/log-model.ts';

/** A place in the log, in words. */
export interface Moment {
  readonly nonce: number;
  /** As `message 3 (Transfer)`. */
  readonly name: string;
  /** With its time, for whoever hears the slider. */
  readonly spoken: string;
}

/** What a nonce is called. */
export function momentAt(log: Log, nonce: number): Moment {
  const message = log.at(nonce);
  const name = message?.action ? `message ${nonce} (${message.action})` : `message ${nonce}`;
  return { nonce, name, spoken: message ? `${name}, ${new Date(message.time).toLocaleTimeString()}` : name };
}
