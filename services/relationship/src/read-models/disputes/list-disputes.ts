import type { QueryOf } from '@headroom/contracts/rest';
import type { listDisputes as contract } from '@headroom/contracts/rest/relationship';
import type { Condition, OrderValue, RowReader } from '@headroom/projecting';
import { equalTo, pageOf } from '../page-of.ts';
import {
  type AdjustmentRow,
  type DisputeRow,
  disputeTable,
  type UnsettledRulingRow,
  unsettledRulingTable,
} from './tables.ts';

type Filters = Omit<QueryOf<typeof contract>, 'cursor' | 'knownAt'>;

const ORDER = [{ column: 'disputedOn', descending: true }];
const SIDES = ['client', 'agency', 'both'];

const adjustmentShown = (adjustment: AdjustmentRow) => {
  const { adjustmentId, kind, outcome, refusedWith } = adjustment;
  const ends = { adjustmentId, kind, outcome, refusedWith };
  if (adjustment.kind === 'goodwill') return { ...ends, stageId: null, amount: null, entryId: adjustment.entryId };
  return { ...ends, stageId: adjustment.stageId, amount: adjustment.amount, entryId: null };
};

/** A dispute as it is shown. */
export const disputeShown = (row: DisputeRow) => {
  const { tenantId: _, portalKey, adjustments, ...said } = row;
  const assigned = row.arbiterId === null ? ('open' as const) : ('assigned' as const);
  return {
    ...said,
    status: row.ruledOn === null ? assigned : ('ruled' as const),
    throughPortal: portalKey !== null,
    adjustments: adjustments.map(adjustmentShown),
  };
};

/** A page of disputes, the newest first. */
export const listDisputes = async (
  reader: RowReader,
  tenantId: string,
  { status, limit, ...filters }: Filters,
  after: readonly OrderValue[] | undefined,
) => {
  const ruled: Condition =
    status === 'open' ? { column: 'inFavourOf', equals: null } : { column: 'inFavourOf', in: SIDES };
  const where = [...equalTo({ tenantId, ...filters }), ...(status === undefined ? [] : [ruled])];
  const { rows, next } = await pageOf(reader, disputeTable, where, ORDER, { limit, after });
  return { items: rows.map(disputeShown), next };
};

const MOST_UNSETTLED = 100;

/** Rulings of all tenants whose adjustments are still to be posted. */
export const unsettledRulings = (reader: RowReader): Promise<UnsettledRulingRow[]> =>
  reader.list(unsettledRulingTable, { where: [], orderBy: [], limit: MOST_UNSETTLED });
