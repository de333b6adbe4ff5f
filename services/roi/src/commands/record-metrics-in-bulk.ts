import type { CommandContext, Commands } from '@headroom/commanding';
import { accept, refuse } from '@headroom/kernel';
import { decideMonths, type Fate } from '../decisions/metrics-in-bulk.ts';
import type { StatedMetric } from '../decisions/project-metrics.ts';
import { projectMetricsStreamId } from '../events/streams.ts';
import { projectMetricsKind } from './kinds.ts';
import { type Reasoned, reasonOf } from './reason.ts';
import { aroundProject } from './surroundings.ts';

export type RecordMetrics = Reasoned<{
  readonly projectId: string;
  readonly items: readonly StatedMetric[];
  readonly mode: 'atomic' | 'best-effort';
  readonly dryRun: boolean;
}>;

type Refusal = 'agency-not-configured' | 'project-not-found';

/** Many months of one project in one append; `fates` tells what became of each, in the order given. */
export const recordMetricsInBulk = async (commands: Commands, context: CommandContext, command: RecordMetrics) => {
  const { tenantId, now } = context;
  const { projectId, items, mode, dryRun } = command;
  const { agency, project } = await aroundProject(commands, tenantId, projectId);
  const streamId = projectMetricsStreamId(tenantId, projectId);
  const fatesOf = (metrics: Parameters<typeof decideMonths>[3]): Fate[] =>
    decideMonths(projectId, items, mode, metrics, { agency, project, now });
  const missing: Refusal | undefined =
    agency === undefined ? 'agency-not-configured' : project === undefined ? 'project-not-found' : undefined;
  if (missing !== undefined) return { outcome: { kind: 'refused' as const, code: missing }, fates: [] };
  if (dryRun) {
    const { state } = await commands.state(projectMetricsKind, streamId);
    return { outcome: undefined, fates: fatesOf(state) };
  }
  let fates: Fate[] = [];
  const outcome = await commands.execute({
    kind: projectMetricsKind,
    streamId,
    context,
    ...reasonOf(command),
    decide: (metrics) => {
      if (missing !== undefined) return refuse(missing);
      fates = fatesOf(metrics);
      return accept(...fates.flatMap((fate) => (fate.outcome === 'accepted' ? [fate.event] : [])));
    },
  });
  if (outcome.kind !== 'accepted' || !outcome.replayed) return { outcome, fates };
  // Carried out before: what it recorded then was accepted, whatever was recorded since.
  const recorded = new Set(outcome.events.flatMap(({ type, data }) => (type === 'MetricRecorded' ? [data.month] : [])));
  const again = fatesOf({ months: new Map() });
  const told = again.map((fate, index): Fate => {
    if (fate.outcome !== 'accepted' || recorded.has(items[index]?.month ?? '')) return fate;
    return { outcome: 'unchanged' };
  });
  return { outcome, fates: told };
};
