import { derivedId } from '@headroom/kernel';
import { requestStreamId } from '../../events/streams.ts';
import { unsettledRulings } from '../../read-models/disputes/list-disputes.ts';
import type { UnsettledRulingRow } from '../../read-models/disputes/tables.ts';
import { requestKind } from '../kinds.ts';
import { type Deps, readPresent } from '../read-present.ts';
import { settleRuling } from './settle-ruling.ts';

const finishOne = async (deps: Deps, row: UnsettledRulingRow, now: string): Promise<void> => {
  const { tenantId, requestId, disputeId, ruledBy } = row;
  const { state } = await deps.commands.state(requestKind, requestStreamId(tenantId, requestId));
  const ruling = state.disputes.get(disputeId)?.ruling;
  if (ruling === undefined) return;
  const correlationId = derivedId('finish-ruling', tenantId, disputeId);
  const context = { tenantId, actor: ruledBy, commandKey: correlationId, fingerprint: disputeId, correlationId, now };
  await settleRuling(deps, context, ruling);
};

/**
 * Posts what rulings ordered and nobody posted, because the process that took the ruling down ended behind it. In the
 * name of who recorded the ruling; gives how many rulings were finished. May run in several processes at once. Throws
 * faults of the log, and `Unavailable` while the read models lag behind.
 */
export const finishRulings = async (deps: Deps, now: string): Promise<number> => {
  const rows = await readPresent(deps, unsettledRulings);
  for (const row of rows) await finishOne(deps, row, now);
  return rows.length;
};
