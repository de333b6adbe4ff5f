import type { ServerReadableStream, sendUnaryData } from '@grpc/grpc-js';
import type { Traffic } from './delivery.ts';
import { maxAppendSizeExceeded, notLeader, stopping } from './errors.ts';
import type { Faults } from './faults.ts';
import { type Log, MAX_APPEND_BYTES, type WriteResult } from './log.ts';
import type { Expected, Proposed } from './recorded.ts';
import { shared, streams } from './stubs.ts';

type Request = InstanceType<typeof streams.AppendReq>;
type Response = InstanceType<typeof streams.AppendResp>;
type Options = InstanceType<typeof streams.AppendReq.Options>;
type Message = InstanceType<typeof streams.AppendReq.ProposedMessage>;

/** Name of a stream as it travels. */
export const nameOf = (identifier: InstanceType<typeof shared.StreamIdentifier> | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');

/** An event as both kinds of append propose it. */
export const proposed = (message: Message | InstanceType<typeof streams.BatchAppendReq.ProposedMessage>): Proposed => ({
  id: message.getId()?.getString() ?? '',
  type: message.getMetadataMap().get('type') ?? '',
  contentType: message.getMetadataMap().get('content-type') ?? '',
  data: message.getData_asU8(),
  metadata: message.getCustomMetadata_asU8(),
});

const expectedOf = (options: Options): Expected => {
  if (options.hasRevision()) return Number(options.getRevision());
  if (options.hasNoStream()) return -1;
  return options.hasStreamExists() ? 'stream-exists' : 'any';
};

/** `Streams.Append`: one call an append, options first, then an event a message. */
export const serveAppend =
  (log: Log, faults: Faults, traffic: Traffic) =>
  async (call: ServerReadableStream<Request, Response>, reply: sendUnaryData<Response>): Promise<void> => {
    const request = await received(call);
    if (!request) return;
    traffic.appends += 1;
    if (!(await faults.admitted())) return reply(stopping());
    const leaderPort = faults.leaderPort();
    if (leaderPort !== undefined) return reply(notLeader(leaderPort));
    const { options, events } = request;
    const result = log.write(nameOf(options.getStreamIdentifier()), expectedOf(options), events);
    if (faults.losesReply()) return;
    if (result.kind === 'too-large') reply(maxAppendSizeExceeded(MAX_APPEND_BYTES));
    else reply(null, answer(result, options));
  };

/** The append, once it has arrived whole; undefined when the connection went before. */
const received = (
  call: ServerReadableStream<Request, Response>,
): Promise<{ options: Options; events: readonly Proposed[] } | undefined> =>
  new Promise((resolve) => {
    let options: Options | undefined;
    const events: Proposed[] = [];
    call.on('data', (request: Request) => {
      options ??= request.getOptions();
      const message = request.getProposedMessage();
      if (message) events.push(proposed(message));
    });
    call.on('end', () => resolve(options && { options, events }));
    for (const event of ['cancelled', 'error']) call.on(event, () => resolve(undefined));
  });

const answer = (result: Exclude<WriteResult, { kind: 'too-large' }>, options: Options): Response => {
  const response = new streams.AppendResp();
  if (result.kind === 'written') {
    const success = new streams.AppendResp.Success().setCurrentRevision(String(result.lastRevision));
    if (result.position === undefined) return response.setSuccess(success.setNoPosition(new shared.Empty()));
    const position = new streams.AppendResp.Position()
      .setCommitPosition(String(result.position))
      .setPreparePosition(String(result.position));
    return response.setSuccess(success.setPosition(position));
  }
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (options.hasRevision()) wrong.setExpectedRevision(options.getRevision());
  else if (options.hasNoStream()) wrong.setExpectedNoStream(new shared.Empty());
  else if (options.hasStreamExists()) wrong.setExpectedStreamExists(new shared.Empty());
  else wrong.setExpectedAny(new shared.Empty());
  if (result.currentRevision < 0) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(String(result.currentRevision));
  return response.setWrongExpectedVersion(wrong);
};
