import type { CommandContext, Commands } from '@headroom/commanding';
import { derivedId } from '@headroom/kernel';
import { decideRecordBenchmark, type RecordBenchmark } from '../decisions/benchmarks/record-benchmark.ts';
import { clientBusinessStreamId, clientStreamId } from '../events/streams.ts';
import { businessFactsKind, clientKind } from './kinds.ts';
import { type Reasoned, reasonOf } from './reason.ts';

type Record = Reasoned<Omit<RecordBenchmark, 'benchmarkId'> & { readonly benchmarkId?: string | undefined }>;

export const recordBenchmark = async (commands: Commands, context: CommandContext, command: Record) => {
  const { tenantId, commandKey } = context;
  const { reason: _, ...stated } = command;
  const { clientId, benchmarkId = derivedId('benchmark', tenantId, commandKey) } = stated;
  const client = await commands.state(clientKind, clientStreamId(tenantId, clientId));
  return commands.execute({
    kind: businessFactsKind,
    streamId: clientBusinessStreamId(tenantId, clientId),
    context,
    ...reasonOf(command),
    decide: () => decideRecordBenchmark({ ...stated, benchmarkId }, client.state.data !== undefined),
  });
};
