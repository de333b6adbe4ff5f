import { eventTypeFilter, excludeSystemEvents, type Filter, streamNameFilter } from '@eventstore/db-client';
import type { StoredEvent } from '../port.ts';

/** Which events of the log are wanted. */
export interface Wanted {
  readonly types?: readonly string[] | undefined;
  readonly tenantId?: string | undefined;
}

/** Events that the server considers before it says how far it is; a pause of its own every so often. */
const WINDOW = 1_024;

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** Whether anything but the server's own events is passed over. */
export const isSelective = ({ types, tenantId }: Wanted): boolean => types !== undefined || tenantId !== undefined;

/**
 * What the server filters by: one thing at a time, a tenant's streams before event types, since a tenant is the
 * smaller part of the log. `wants` does the rest here.
 */
export const serverFilter = ({ types, tenantId }: Wanted, checkpointReached?: Filter['checkpointReached']): Filter => {
  const pace = paceOf(WINDOW, checkpointReached);
  if (tenantId !== undefined) return streamNameFilter({ regex: `^[^$-][^-]*-${escaped(tenantId)}(?:/|$)`, ...pace });
  if (types === undefined) return excludeSystemEvents(pace);
  if (types.length === 0) return nothing(WINDOW, checkpointReached);
  return eventTypeFilter({ regex: `^(?:${types.map(escaped).join('|')})$`, ...pace });
};

/** A filter that lets nothing through: what comes is a checkpoint after every so many events. */
export const nothing = (every: number, checkpointReached?: Filter['checkpointReached']): Filter =>
  eventTypeFilter({ regex: '^(?!)', ...paceOf(every, checkpointReached) });

interface Pace {
  readonly maxSearchWindow: number;
  readonly checkpointInterval: number;
  readonly checkpointReached?: NonNullable<Filter['checkpointReached']>;
}

const paceOf = (every: number, checkpointReached: Filter['checkpointReached']): Pace => ({
  maxSearchWindow: every,
  checkpointInterval: 1,
  ...(checkpointReached && { checkpointReached }),
});

/** Tells wanted events from others, whatever the server let through. */
export const wants = ({ types, tenantId }: Wanted): ((event: StoredEvent) => boolean) => {
  const wantedTypes = types && new Set(types);
  return ({ type, meta }) =>
    (wantedTypes === undefined || wantedTypes.has(type)) && (tenantId === undefined || meta.tenantId === tenantId);
};
