import type { PackValue } from './pack.ts';

/** An event as far as it is shown. */
export interface SeenEvent {
  /** Its place in the tree. */
  readonly n: number;
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  /** The stored type: the name, with `.vN` behind it from the second version on. */
  readonly type: string;
  readonly recordedAt: string;
  /** Values by path, such as `/data/amount/minor`. */
  readonly values: ReadonlyMap<string, PackValue>;
  /** How many values are withheld. */
  readonly withheld: number;
}

/** The name of a stored type, without its version. */
export const nameOf = ({ type }: Pick<SeenEvent, 'type'>): string => type.replace(/\.v\d+$/, '');

/** A text of an event's data; undefined when there is none, or it is withheld. */
export const textOf = ({ values }: SeenEvent, member: string): string | undefined => {
  const value = values.get(`/data/${member}`);
  return typeof value === 'string' ? value : undefined;
};

export const numberOf = ({ values }: SeenEvent, member: string): number | undefined => {
  const value = values.get(`/data/${member}`);
  return typeof value === 'number' ? value : undefined;
};

const metaOf = ({ values }: SeenEvent, member: string): string | undefined => {
  const value = values.get(`/meta/${member}`);
  return typeof value === 'string' ? value : undefined;
};

export const actorOf = (event: SeenEvent): string | undefined => metaOf(event, 'actor');
export const reasonOf = (event: SeenEvent): string | undefined => metaOf(event, 'reason');
