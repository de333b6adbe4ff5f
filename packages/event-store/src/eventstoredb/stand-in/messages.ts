import type { Recorded } from './recorded.ts';
import { shared, streams } from './stubs.ts';

type Response = InstanceType<typeof streams.ReadResp>;

/** A message as it goes over the wire. */
const packed = (response: Response): Buffer => Buffer.from(response.serializeBinary());

const events = new WeakMap<Recorded, Buffer>();

/** `created` travels in ticks of 100 ns since the epoch. */
const TICKS_PER_MS = 10_000n;

/** A record as reads and subscriptions deliver it, also those of a stream with its position (from 22.6 on). */
export const eventMessage = (record: Recorded): Buffer => {
  const known = events.get(record);
  if (known) return known;
  const message = packed(eventResponse(record));
  events.set(record, message);
  return message;
};

const eventResponse = (record: Recorded): Response => {
  const position = String(record.position);
  const event = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(new shared.UUID().setString(record.id))
    .setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(record.streamId)))
    .setStreamRevision(String(record.revision))
    .setCommitPosition(position)
    .setPreparePosition(position)
    .setCustomMetadata(record.metadata)
    .setData(record.data);
  const metadata = event.getMetadataMap();
  metadata.set('type', record.type);
  metadata.set('content-type', record.contentType);
  metadata.set('created', String(BigInt(record.createdMs) * TICKS_PER_MS));
  const read = new streams.ReadResp.ReadEvent().setEvent(event).setCommitPosition(position);
  return new streams.ReadResp().setEvent(read);
};

export const streamNotFoundMessage = (streamId: string): Buffer => {
  const identifier = new shared.StreamIdentifier().setStreamName(Buffer.from(streamId));
  const notFound = new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifier);
  return packed(new streams.ReadResp().setStreamNotFound(notFound));
};

export const confirmationMessage = (subscriptionId: string): Buffer => {
  const confirmation = new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(subscriptionId);
  return packed(new streams.ReadResp().setConfirmation(confirmation));
};

export const checkpointMessage = (commit: number, prepare: number): Buffer => {
  const checkpoint = new streams.ReadResp.Checkpoint()
    .setCommitPosition(String(commit))
    .setPreparePosition(String(prepare));
  return packed(new streams.ReadResp().setCheckpoint(checkpoint));
};

export const caughtUpMessage = (): Buffer =>
  packed(new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp()));
