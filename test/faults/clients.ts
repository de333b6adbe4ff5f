import { setTimeout as sleep } from 'node:timers/promises';

/** A command as a client sent it, and what it was told in the end. */
export interface Sent {
  readonly key: string;
  readonly path: string;
  readonly body: unknown;
  /** The answer that acknowledged or refused it; undefined when the client gave up. */
  readonly answer: { readonly status: number; readonly body: string } | undefined;
  readonly attempts: number;
}

const AGAIN_MS = 50;
const TIMEOUT_MS = 10_000;

/** Sends a command until it is answered for good, to one API after the other, always with the same key. */
export const sendSurely = async (
  urls: readonly string[],
  authorization: string,
  command: { readonly key: string; readonly path: string; readonly body: unknown },
  deadline: number,
): Promise<Sent> => {
  let attempts = 0;
  while (Date.now() < deadline) {
    const url = urls[attempts % urls.length] as string;
    attempts += 1;
    try {
      const response = await fetch(`${url}${command.path}`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json', 'idempotency-key': command.key },
        body: JSON.stringify(command.body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const body = await response.text();
      const inFlight = response.status === 409 && body.includes('command-in-flight');
      if (response.status < 500 && response.status !== 429 && !inFlight) {
        return { ...command, answer: { status: response.status, body }, attempts };
      }
    } catch {
      // The process was killed before, while or after it carried the command out; only a retry can tell.
    }
    await sleep(AGAIN_MS);
  }
  return { ...command, answer: undefined, attempts };
};
