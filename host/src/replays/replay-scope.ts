import type { ProjectedEvent } from '@headroom/projecting';

/** Which events a partial replay looks at; plain data. */
export interface ReplayScope {
  readonly specialistId?: string | undefined;
  readonly streamId?: string | undefined;
  /** A validity window, half-open. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Whether a value or anything within it passes a test. */
const holds = (value: unknown, name: string, test: (name: string, text: string) => boolean): boolean => {
  if (typeof value === 'string') return test(name, value);
  if (Array.isArray(value)) return value.some((member) => holds(member, name, test));
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([member, inner]) => holds(inner, member, test));
};

/** The events of a scope: those of the stream, about the specialist, that name a date of the window; undefined for all. */
export const touchesOf = ({
  specialistId,
  streamId,
  from,
  to,
}: ReplayScope): ((event: ProjectedEvent) => boolean) | undefined => {
  const tests: ((event: ProjectedEvent) => boolean)[] = [];
  if (streamId !== undefined) tests.push((event) => event.streamId === streamId);
  if (specialistId !== undefined)
    tests.push(({ data }) => holds(data, '', (name, text) => name === 'specialistId' && text === specialistId));
  if (from !== undefined || to !== undefined) {
    const within = (date: string) => (from === undefined || date >= from) && (to === undefined || date < to);
    tests.push(({ data }) => holds(data, '', (_, text) => DATE.test(text) && within(text)));
  }
  return tests.length === 0 ? undefined : (event) => tests.every((test) => test(event));
};
