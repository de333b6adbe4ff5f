import { randomBytes } from 'node:crypto';

/** What is asked of a server, again and again; each request is another one. */
export type Traffic =
  | {
      readonly kind: 'log-hours';
      readonly key: string;
      readonly specialists: readonly string[];
      readonly stages: readonly string[];
    }
  | { readonly kind: 'get'; readonly key: string; readonly paths: readonly string[] };

/** Gives the next request, as it goes over the wire, and the status that it has to be answered with. */
export interface Requests {
  readonly status: number;
  readonly next: () => string;
}

const MONTHS = ['2026-04', '2026-05', '2026-06', '2026-07'];
const DAYS = 28;

/** Everybody logs a minute here and a minute there, on all days of some months: so no day gets too long. */
const logHours = ({ key, specialists, stages }: Extract<Traffic, { kind: 'log-hours' }>): Requests => {
  const head = `POST /v1/time-entries HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/json\r\n`;
  const who = randomBytes(8).toString('hex');
  let n = 0;
  return {
    status: 201,
    next: () => {
      n += 1;
      const specialist = specialists[n % specialists.length];
      const round = Math.floor(n / specialists.length);
      const month = MONTHS[round % MONTHS.length];
      const day = String(1 + (Math.floor(round / MONTHS.length) % DAYS)).padStart(2, '0');
      const stage = stages[(n * 7) % stages.length];
      const body = `{"specialistId":"${specialist}","stageId":"${stage}","workDate":"${month}-${day}","seconds":60,"activity":"production","note":"Second round of the hero section"}`;
      return `${head}Idempotency-Key: ${who}-${n}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    },
  };
};

const get = ({ key, paths }: Extract<Traffic, { kind: 'get' }>): Requests => {
  const tail = ` HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer ${key}\r\n\r\n`;
  let n = 0;
  return {
    status: 200,
    next: () => {
      n += 7_919;
      return `GET ${paths[n % paths.length]}${tail}`;
    },
  };
};

export const requestsOf = (traffic: Traffic): Requests => (traffic.kind === 'get' ? get(traffic) : logHours(traffic));
