/** Where an outcome stands in a list of results. */
export interface Position {
  /** In milliseconds since 1970. */
  readonly time: number;
  /** Of a tick, that of the message before it. */
  readonly nonce: number;
  /** The interval of a tick. */
  readonly cron?: string | undefined;
}

/** A cursor of `unit.results()`, as compute units of the network write them. */
export function cursorOf({ time, nonce, cron }: Position): string {
  return btoa(JSON.stringify({ timestamp: time, ordinate: String(nonce), cron: cron ?? null, sort: 'ASC' }));
}

/** What a cursor says. */
export function positionOf(cursor: string): Position {
  const { timestamp, ordinate, cron } = JSON.parse(atob(cursor)) as { timestamp: number; ordinate: string; cron: string | null };
  return { time: Number(timestamp), nonce: Number(ordinate), cron: cron ?? undefined };
}
