import type { SeenEvent } from '../seen-event.ts';

/** How a language tells events. */
export interface Language {
  /** The title, by kind of subject. */
  readonly title: Readonly<Record<'request' | 'extra-payment' | 'dispute' | 'command', string>>;
  /** By the name of the event; what is not named here is told by `other`. */
  readonly sentences: Readonly<Record<string, (event: SeenEvent) => string>>;
  readonly other: (event: SeenEvent) => string;
  readonly recorded: (at: string, by: string) => string;
  readonly reason: (reason: string) => string;
  readonly withheld: (values: number) => string;
  readonly events: (count: number) => string;
}
