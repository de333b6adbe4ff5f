import type { EventStore, JsonObject, StoredEvent } from '@headroom/event-store';
import type { LeafRow } from '@headroom/notary';

/** Events that replace what an earlier one of their kind in the same stream has said. */
const REPLACING = new Set([
  'AgencyConfigured',
  'WorkingHoursSet',
  'RequestClassified',
  'BehaviourDecided',
  'RemainingEstimateRevised',
  'StageThresholdsSet',
  'ManagerReplaced',
  'BackupManagerAssigned',
  'ArbiterAssigned',
  'BusinessFactsRecorded',
  'BaselineSet',
  'MetricDefined',
  'TimerStarted',
]);

/** Members in which events themselves say what held before. */
const BEFORE = ['before', 'entry'] as const;

export const nameOf = (type: string): string => type.replace(/\.v\d+$/, '');

export interface FoundEvent {
  readonly leaf: LeafRow;
  readonly event: StoredEvent;
  readonly before: JsonObject | null;
}

const beforeOf = (event: StoredEvent, earlier: readonly StoredEvent[]): JsonObject | null => {
  for (const member of BEFORE) {
    const told = event.data[member];
    if (typeof told === 'object' && told !== null) return told as JsonObject;
  }
  const name = nameOf(event.type);
  if (!REPLACING.has(name)) return null;
  return earlier.findLast(({ type, revision }) => nameOf(type) === name && revision < event.revision)?.data ?? null;
};

/** The events behind leaves, each with what held before it; undefined when one is gone from the log. */
export const eventsOfLeaves = async (
  store: Pick<EventStore, 'readStream'>,
  leaves: readonly LeafRow[],
): Promise<FoundEvent[] | undefined> => {
  const names = [...new Set(leaves.map(({ streamId }) => streamId))];
  const streams = new Map(await Promise.all(names.map(async (name) => [name, await store.readStream(name)] as const)));
  const found = leaves.map((leaf) => {
    const stream = streams.get(leaf.streamId) ?? [];
    const event = stream.find(({ revision }) => revision === leaf.revision);
    return event && { leaf, event, before: beforeOf(event, stream) };
  });
  return found.every((each) => each !== undefined) ? found : undefined;
};
