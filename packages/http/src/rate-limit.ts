import { LRUCache } from 'lru-cache';

export interface RateLimit {
  readonly requests: number;
  readonly perSeconds: number;
}

interface Window {
  startedMs: number;
  used: number;
}

/** What is left of a window after a request. */
export interface Allowance {
  readonly allowed: boolean;
  readonly remaining: number;
  /** Whole seconds until the window is over. */
  readonly resetSeconds: number;
}

const MOST_SUBJECTS = 100_000;

/** Counts requests of each subject in windows of fixed length, in this process. */
export class RateLimiter {
  /** The `RateLimit-Policy` header. */
  readonly policy: string;
  readonly #limit: RateLimit;
  readonly #windows = new LRUCache<string, Window>({ max: MOST_SUBJECTS });

  constructor(name: string, limit: RateLimit) {
    this.#limit = limit;
    this.policy = `"${name}";q=${limit.requests};w=${limit.perSeconds}`;
  }

  /** Counts a request at `nowMs`, whatever the epoch of that clock. */
  take(subject: string, nowMs: number): Allowance {
    const { requests, perSeconds } = this.#limit;
    const lengthMs = perSeconds * 1_000;
    let window = this.#windows.get(subject);
    if (window === undefined) {
      window = { startedMs: nowMs, used: 0 };
      this.#windows.set(subject, window);
    } else if (nowMs - window.startedMs >= lengthMs) {
      window.startedMs = nowMs;
      window.used = 0;
    }
    window.used += 1;
    return {
      allowed: window.used <= requests,
      remaining: Math.max(0, requests - window.used),
      resetSeconds: Math.ceil((window.startedMs + lengthMs - nowMs) / 1_000),
    };
  }
}
