import type pg from 'pg';
import type { CopiedEvent } from './copied-event.ts';
import { CopyRows } from './copy-rows.ts';

export interface PageLimits {
  readonly events: number;
  readonly weight: number;
}

/**
 * One COPY, cut into pages as the rows come. One page is kept ready while the consumer works on another; then the
 * socket is left alone until it is fetched, so what waits in memory is a page and what one read of the socket gave.
 */
export class PageReader {
  readonly #rows: CopyRows;
  readonly #limits: PageLimits;
  readonly #ready: CopiedEvent[][] = [];
  #page: CopiedEvent[] = [];
  #weight = 0;
  #over = false;
  #wake: (() => void) | undefined;

  constructor(client: pg.ClientBase, sql: string, limits: PageLimits) {
    this.#limits = limits;
    this.#rows = new CopyRows(
      sql,
      (event) => this.#add(event),
      () => this.#isFull(),
    );
    const over = (): void => {
      this.#over = true;
      this.#wake?.();
    };
    this.#rows.done.then(over, over);
    client.query(this.#rows);
  }

  /** The next page; the last one is not full, and may be empty; then undefined. Throws when the connection is lost. */
  async next(): Promise<CopiedEvent[] | undefined> {
    while (this.#ready.length === 0 && !this.#over) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const page = this.#ready.shift();
    if (this.#ready.length === 0) this.#rows.resume();
    if (page) return page;
    await this.#rows.done;
    return undefined;
  }

  /** The rows behind the last full page. */
  takeRest(): CopiedEvent[] {
    return this.#cut();
  }

  #add(event: CopiedEvent): void {
    this.#page.push(event);
    this.#weight += event.weight;
    if (this.#page.length >= this.#limits.events || this.#weight >= this.#limits.weight) this.#ready.push(this.#cut());
  }

  #cut(): CopiedEvent[] {
    const page = this.#page;
    this.#page = [];
    this.#weight = 0;
    return page;
  }

  #isFull(): boolean {
    if (this.#ready.length === 0) return false;
    this.#wake?.();
    return true;
  }
}
