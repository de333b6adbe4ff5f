import { setTimeout as sleep } from 'node:timers/promises';
import { Explained } from '../process/explain.ts';

export interface Api {
  readonly url: string;
  readonly key: string;
}

export interface Sent {
  readonly method: 'GET' | 'POST';
  readonly body?: Buffer<ArrayBuffer>;
  readonly type?: string;
  /** The same for every try, so that they have one effect. */
  readonly idempotencyKey?: string;
}

interface Problem {
  readonly code?: string;
  readonly detail?: string;
  readonly retryable?: boolean;
  readonly errors?: readonly { readonly pointer: string; readonly message: string }[];
  readonly unmapped?: Readonly<Record<string, readonly { readonly key: string }[]>>;
}

const complaintOf = (status: number, problem: Problem): string => {
  const errors = (problem.errors ?? []).map(({ pointer, message }) => `${pointer.slice(1)}: ${message}`);
  const unmapped = Object.entries(problem.unmapped ?? {}).flatMap(([kind, names]) =>
    names.map(({ key }) => `${kind}: ${JSON.stringify(key)}`),
  );
  return [
    `The API refused it with ${status} ${problem.code ?? ''}: ${problem.detail ?? 'no reason given'}`,
    ...errors,
    ...unmapped,
  ].join(' ');
};

const TRIES = 5;
const PAUSE_MS = 1_000;

const requestOf = (key: string, { method, body, type, idempotencyKey }: Sent): RequestInit => {
  const headers = new Headers({ authorization: `Bearer ${key}` });
  if (type !== undefined) headers.set('content-type', type);
  if (idempotencyKey !== undefined) headers.set('idempotency-key', idempotencyKey);
  return { method, headers, ...(body === undefined ? {} : { body }) };
};

/** The answer; undefined when the same request may have another one later. Throws `Explained` when it is refused. */
const tryOnce = async (url: URL, request: RequestInit, last: boolean): Promise<{ answer: unknown } | undefined> => {
  const response = await fetch(url, request);
  const answer: unknown = await response.json();
  if (response.ok) return { answer };
  const problem = answer as Problem;
  if (problem.retryable !== true || last) throw new Explained(complaintOf(response.status, problem));
  return undefined;
};

/** Asks the API; again while the outcome is not known. Throws `Explained` when it refuses or cannot be reached. */
export const callApi = async ({ url, key }: Api, path: string, sent: Sent): Promise<unknown> => {
  const request = requestOf(key, sent);
  for (let tries = 1; ; tries += 1) {
    const last = tries === TRIES;
    try {
      const told = await tryOnce(new URL(path, url), request, last);
      if (told !== undefined) return told.answer;
    } catch (error) {
      if (error instanceof Explained) throw error;
      if (last)
        throw new Explained(`${new URL(url).origin} cannot be reached; is Headroom running there?`, { cause: error });
    }
    await sleep(PAUSE_MS);
  }
};
