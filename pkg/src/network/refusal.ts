/** What a unit of the network answers when it refuses a request. */
export interface Refusal {
  /** The HTTP status. */
  status: number;
  /** JSON text: `{"error":"…"}`, in the unit's words. */
  body: string;
}

/** Everything else is a fault of the unit, not of whoever asks. */
const FAULT = 500;

const STATUS: ReadonlyMap<string, number> = new Map(Object.entries({
  PROCESS_NOT_FOUND: 404,
  MESSAGE_NOT_FOUND: 404,
  NONCE_NOT_FOUND: 404,
  ARGUMENT_INVALID: 400,
  CRON_INVALID: 400,
  CRON_UNMATCHED: 400,
  CURSOR_INVALID: 400,
  DATA_INVALID: 400,
  DRYRUN_INVALID: 400,
  ITEM_INVALID: 400,
  LIMIT_INVALID: 400,
  LISTING_INVALID: 400,
  NO_TARGET: 400,
  SIGNATURE_INVALID: 400,
  ITEM_TOO_LARGE: 413,
  MODULE_UNKNOWN: 422,
}));

/** The HTTP status that stands for the code of a {@link UnitError}. */
export function statusOf(code: string): number {
  return STATUS.get(code) ?? FAULT;
}

/** How the network would refuse what failed with `error`. */
export function refusalOf(error: unknown): Refusal {
  const { code, message } = Object(error) as { code?: unknown; message?: unknown };
  const words = typeof message === 'string' ? message : String(error);
  return { status: typeof code === 'string' ? statusOf(code) : FAULT, body: JSON.stringify({ error: words }) };
}
