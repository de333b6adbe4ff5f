import { randomBytes } from 'node:crypto';

const FORM = /^[A-Za-z0-9._:-]{1,64}$/;

/** Ids of requests: the caller's `X-Request-Id` when it is plain, else one that no other process makes. */
export const requestIds = (): ((given: string | readonly string[] | undefined) => string) => {
  const prefix = randomBytes(8).toString('hex');
  let count = 0;
  return (given) => {
    if (typeof given === 'string' && FORM.test(given)) return given;
    count += 1;
    return `${prefix}-${count.toString(36)}`;
  };
};

const TRACEPARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The W3C trace context of a request, when it is one of version 00. */
export const traceparentOf = (given: string | readonly string[] | undefined): string | undefined =>
  typeof given === 'string' && TRACEPARENT.test(given) ? given : undefined;
