/** Pages of any origin may read what a unit answers. */
const HEADERS = { 'access-control-allow-origin': '*' };

/** JSON. */
export function json(value: unknown, status = 200): Response {
  return jsonText(JSON.stringify(value), status);
}

/** What is JSON already: the unit writes it as text. */
export function jsonText(text: string, status = 200): Response {
  return respond(text, 'application/json; charset=utf-8', status);
}

export function text(words: string, status = 200): Response {
  return respond(words, 'text/plain; charset=utf-8', status);
}

export function bytes(body: Uint8Array<ArrayBuffer>, type: string): Response {
  return respond(body, type, 200);
}

/** A refusal that is no error of the unit: `{"error":"…"}`. */
export function refused(error: string, status: number): Response {
  return json({ error }, status);
}

/** What a browser asks before it sends a request to another origin. */
export function allowed(methods: readonly string[]): Response {
  const allow = methods.join(', ');
  const headers = {
    ...HEADERS,
    allow,
    'access-control-allow-methods': allow,
    'access-control-allow-headers': '*',
  };
  return new Response(null, { status: 204, headers });
}

function respond(body: BodyInit, type: string, status: number): Response {
  return new Response(body, { status, headers: { ...HEADERS, 'content-type': type } });
}
