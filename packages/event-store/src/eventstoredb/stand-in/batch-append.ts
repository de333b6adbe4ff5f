import type { ServerDuplexStream } from '@grpc/grpc-js';
import any from 'google-protobuf/google/protobuf/any_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import { nameOf, proposed } from './append.ts';
import type { Traffic } from './delivery.ts';
import type { Faults } from './faults.ts';
import { type Log, MAX_APPEND_BYTES, type WriteResult } from './log.ts';
import type { Expected, Proposed } from './recorded.ts';
import { code, shared, status, streams } from './stubs.ts';

type Request = InstanceType<typeof streams.BatchAppendReq>;
type Response = InstanceType<typeof streams.BatchAppendResp>;
type Options = InstanceType<typeof streams.BatchAppendReq.Options>;

interface Pending {
  readonly options: Options;
  readonly events: Proposed[];
}

const expectedOf = (options: Options): Expected => {
  if (options.hasStreamPosition()) return Number(options.getStreamPosition());
  if (options.hasNoStream()) return -1;
  return options.hasStreamExists() ? 'stream-exists' : 'any';
};

/** `Streams.BatchAppend`: many appends on one call, told apart by correlation id. */
export const serveBatchAppend =
  (log: Log, faults: Faults, traffic: Traffic) =>
  (call: ServerDuplexStream<Request, Response>): void => {
    const pending = new Map<string, Pending>();

    const write = async (request: Request, { options, events }: Pending): Promise<void> => {
      if (!(await faults.admitted())) return;
      const result = log.write(nameOf(options.getStreamIdentifier()), expectedOf(options), events);
      if (faults.losesReply() || call.cancelled || call.destroyed) return;
      const response = new streams.BatchAppendResp()
        .setCorrelationId(request.getCorrelationId())
        .setStreamIdentifier(options.getStreamIdentifier());
      call.write(answer(response, result, options));
    };

    call.on('data', (request: Request) => {
      const correlationId = request.getCorrelationId()?.getString() ?? '';
      const options = request.getOptions();
      if (options) pending.set(correlationId, { options, events: [] });
      const append = pending.get(correlationId);
      append?.events.push(...request.getProposedMessagesList().map(proposed));
      if (!append || !request.getIsFinal()) return;
      pending.delete(correlationId);
      traffic.batchAppends += 1;
      void write(request, append);
    });
    call.on('end', () => call.end());
    call.on('error', () => pending.clear());
  };

const answer = (response: Response, result: WriteResult, options: Options): Response => {
  if (result.kind === 'wrong-expected-version') {
    const details = wrongExpectedVersion(options, result.currentRevision).serializeBinary();
    return response.setError(failure('WrongExpectedVersion', details));
  }
  if (result.kind === 'too-large') {
    const details = new shared.MaximumAppendSizeExceeded().setMaxappendsize(MAX_APPEND_BYTES).serializeBinary();
    return response.setError(failure('MaximumAppendSizeExceeded', details));
  }
  const success = new streams.BatchAppendResp.Success().setCurrentRevision(String(result.lastRevision));
  if (result.position === undefined) return response.setSuccess(success.setNoPosition(new empty.Empty()));
  const position = new shared.AllStreamPosition()
    .setCommitPosition(String(result.position))
    .setPreparePosition(String(result.position));
  return response.setSuccess(success.setPosition(position));
};

/** Refusals travel as a `google.rpc.Status` with the reason packed into it. */
const failure = (kind: string, details: Uint8Array): InstanceType<typeof status.Status> => {
  const packed = new any.Any();
  packed.pack(details, `event_store.client.${kind}`);
  return new status.Status().setCode(code.Code.UNKNOWN).setMessage(kind).setDetails(packed);
};

const wrongExpectedVersion = (options: Options, current: number): InstanceType<typeof shared.WrongExpectedVersion> => {
  const wrong = new shared.WrongExpectedVersion();
  if (options.hasStreamPosition()) wrong.setExpectedStreamPosition(options.getStreamPosition());
  else if (options.hasNoStream()) wrong.setExpectedNoStream(new empty.Empty());
  else if (options.hasStreamExists()) wrong.setExpectedStreamExists(new empty.Empty());
  else wrong.setExpectedAny(new empty.Empty());
  return current < 0 ? wrong.setCurrentNoStream(new empty.Empty()) : wrong.setCurrentStreamRevision(String(current));
};
