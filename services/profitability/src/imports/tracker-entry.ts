import type { WorkedSpan } from './worked-span.ts';

/** A time entry as a tracker tells it, in that tracker's own names. Money columns are not read: our own rates apply. */
export interface TrackerEntry extends WorkedSpan {
  readonly person: { readonly name: string; readonly email: string | null };
  /** Empty where the tracker knows none; the same holds for project and task. */
  readonly client: string;
  readonly project: string;
  readonly projectCode: string | null;
  readonly task: string;
  /** The date the tracker shows. An entry that crosses midnight belongs to the day on which it began. */
  readonly workDate: string;
  /** Whole seconds, from 1 to 86,400. */
  readonly seconds: number;
  readonly billable: boolean;
  readonly note: string | null;
  readonly externalRef: string | null;
  readonly tags: readonly string[];
}
