import { status } from '@grpc/grpc-js';
import { nameOf } from './append.ts';
import { type Delivery, openDelivery, type ReadCall, type Traffic } from './delivery.ts';
import { invalidPosition, rpcError } from './errors.ts';
import type { Log } from './log.ts';
import { eventMessage, streamNotFoundMessage } from './messages.ts';
import type { Recorded } from './recorded.ts';
import { streams } from './stubs.ts';
import { followLog } from './subscription.ts';

type Options = InstanceType<typeof streams.ReadReq.Options>;

const BACKWARDS = streams.ReadReq.Options.ReadDirection.BACKWARDS;

/** `Streams.Read`: a stream or the whole log, so many events or for ever. */
export const serveRead =
  (log: Log, traffic: Traffic) =>
  async (call: ReadCall): Promise<void> => {
    const options = call.request.getOptions();
    const delivery = openDelivery(call, traffic);
    try {
      if (!options || (options.hasStream() && options.hasSubscription()))
        throw rpcError(status.INVALID_ARGUMENT, 'The combination is invalid.');
      if (options.hasStream()) await readStream(log, options, delivery);
      else if (options.hasSubscription()) await followLog(log, options, delivery);
      else await readLog(log, options, delivery);
      call.end();
    } catch (error) {
      if (!delivery.gone.aborted) call.emit('error', error);
    }
  };

const readStream = async (log: Log, options: Options, delivery: Delivery): Promise<void> => {
  const from = options.getStream();
  const streamId = nameOf(from?.getStreamIdentifier());
  const stream = log.stream(streamId);
  if (!stream) {
    await delivery.send(streamNotFoundMessage(streamId));
    return;
  }
  const backwards = options.getReadDirection() === BACKWARDS;
  const last = stream.length - 1;
  if (backwards) {
    const start = from?.hasRevision() ? Math.min(Number(from.getRevision()), last) : last;
    return sendRun(stream, start, -1, Number(options.getCount()), delivery);
  }
  const start = from?.hasRevision() ? Number(from.getRevision()) : 0;
  await sendRun(stream, start, 1, Number(options.getCount()), delivery);
};

/** Forwards a position is where the first event begins, backwards it is where the first event ends. */
const readLog = async (log: Log, options: Options, delivery: Delivery): Promise<void> => {
  const from = options.getAll();
  const backwards = options.getReadDirection() === BACKWARDS;
  const position = Number(from?.getPosition()?.getCommitPosition() ?? 0);
  if (!backwards && from?.hasEnd()) return;
  if (!backwards && position > log.end()) return;
  const index = from?.hasEnd() ? log.records.length : log.indexAt(from?.hasPosition() ? position : 0);
  if (index === undefined) throw invalidPosition();
  await sendRun(log.records, backwards ? index - 1 : index, backwards ? -1 : 1, Number(options.getCount()), delivery);
};

const sendRun = async (
  records: readonly Recorded[],
  start: number,
  step: 1 | -1,
  count: number,
  delivery: Delivery,
): Promise<void> => {
  let left = count;
  for (let index = start; left > 0; index += step) {
    const record = records[index];
    if (!record) return;
    const full = delivery.send(eventMessage(record));
    if (full) await full;
    left -= 1;
  }
};
