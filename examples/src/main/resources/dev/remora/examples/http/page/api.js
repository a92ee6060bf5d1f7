// Talks to the server.

const HEADERS = { 'X-Remora-Page': '1' };

/** How far the clock of the server is ahead of this one, in milliseconds. */
let ahead = 0;

/** What the server answered instead of what was asked for. */
export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** The time of the server. */
export function now() {
  return Date.now() + ahead;
}

async function send(path, options) {
  let response;
  try {
    response = await fetch(path, { ...options, headers: { ...HEADERS, ...options.headers } });
  } catch (failure) {
    if (failure.name === 'AbortError') {
      throw failure;
    }
    throw new ApiError(0, 'The server does not answer.');
  }
  const date = Date.parse(response.headers.get('Date') ?? '');
  // why: the header is cut to whole seconds
  if (date && Math.abs(date + 500 - now()) > 1000) {
    ahead = date + 500 - Date.now();
  }
  if (response.ok || response.status === 304) {
    return response;
  }
  let message = `${response.status} ${response.statusText}`;
  try {
    message = (await response.json()).message ?? message;
  } catch {
    // the status alone must do
  }
  throw new ApiError(response.status, message);
}

export async function get(path, signal) {
  return (await send(path, { signal })).json();
}

/** Gets what may not have changed; nothing if it has not. */
export async function getChanged(path, known, signal) {
  const response = await send(path, { signal, headers: known.tag ? { 'If-None-Match': known.tag } : {} });
  if (response.status === 304) {
    return undefined;
  }
  known.tag = response.headers.get('ETag');
  return response.json();
}

export async function post(path, form = {}) {
  await send(path, { method: 'POST', body: new URLSearchParams(form) });
}

/** Calls again and again, never faster than the server bears, and not while nobody looks. Returns what ends it. */
export function poll(task, pause) {
  const control = new AbortController();
  let timer;
  const run = async () => {
    const before = performance.now();
    if (!document.hidden) {
      try {
        await task(control.signal);
      } catch (failure) {
        if (control.signal.aborted) {
          return;
        }
        console.error(failure);
      }
    }
    if (!control.signal.aborted) {
      timer = setTimeout(run, Math.max(pause(), 5 * (performance.now() - before)));
    }
  };
  run();
  return () => {
    control.abort();
    clearTimeout(timer);
  };
}
