import type { Commands } from '@headroom/commanding';
import * as contract from '@headroom/contracts/rest/roi';
import { type Bound, bindCommand } from '@headroom/http';
import { importMetrics } from '../commands/import-metrics.ts';
import { recordMetricsInBulk } from '../commands/record-metrics-in-bulk.ts';

type Done = Awaited<ReturnType<typeof recordMetricsInBulk>>;
type Fate = Done['fates'][number];

const counted = (fates: readonly Fate[]) => {
  const how = (wanted: Fate['outcome']) => fates.filter(({ outcome }) => outcome === wanted).length;
  return { accepted: how('accepted'), unchanged: how('unchanged'), refused: how('refused') + how('not-carried-out') };
};

/** Where the command's events are; nothing when it recorded none. */
const placed = ({ outcome }: Done) =>
  outcome?.kind === 'accepted' && outcome.events.length > 0
    ? { position: outcome.position, revision: outcome.revision, replayed: outcome.replayed }
    : { replayed: false };

const meaning = (code: string): string =>
  contract.recordMetric.refusals[code as keyof typeof contract.recordMetric.refusals] ?? code;

const recordInBulk = (commands: Commands): Bound =>
  bindCommand(contract.recordMetricsInBulk, async ({ context, params, body }) => {
    const { mode, dryRun, items } = body;
    const done = await recordMetricsInBulk(commands, context, { ...params, ...body });
    const { outcome, fates } = done;
    if (outcome !== undefined && outcome.kind !== 'accepted') return outcome;
    const place = placed(done);
    const results = fates.map((fate, index) => {
      const code = fate.outcome === 'refused' ? fate.code : null;
      const detail = code === null ? null : meaning(code);
      return { index, month: items[index]?.month ?? '', outcome: fate.outcome, code, detail };
    });
    const answer = { mode, dryRun, ...counted(fates), results, position: place.position ?? null };
    return { kind: 'accepted', body: answer, ...place };
  });

const importFile = (commands: Commands): Bound =>
  bindCommand(contract.importMetrics, async ({ context, params, query, body }) => {
    const { mode, decimalSeparator } = query;
    const dryRun = query.dryRun === 'true';
    const wish = { ...params, text: body, mode, decimalSeparator, dryRun };
    const imported = await importMetrics(commands, context, wish);
    if (typeof imported === 'string') return { kind: 'refused', code: imported };
    const { read, spoilt, done } = imported;
    if (done.outcome !== undefined && done.outcome.kind !== 'accepted') return done.outcome;
    const refused = done.fates.flatMap((fate, index) => {
      const { line, month } = read.months[index] ?? { line: 1, month: '' };
      if (fate.outcome !== 'refused') return [];
      const message = meaning(fate.code);
      return [{ line, code: 'month-in-future' as const, column: 'month', message, value: month }];
    });
    const counts = counted(done.fates);
    const given = spoilt ? { accepted: 0, unchanged: 0, refused: read.months.length } : counts;
    const place = placed(done);
    const answer = {
      dryRun,
      ...given,
      refused: given.refused + read.errors.length,
      errors: [...read.errors, ...refused].sort((one, other) => one.line - other.line),
      position: place.position ?? null,
    };
    return { kind: 'accepted', body: answer, ...place };
  });

/** Many months at once, from a body or from a file. */
export const bulkMetrics = (commands: Commands): Bound[] => [recordInBulk(commands), importFile(commands)];
