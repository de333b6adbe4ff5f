import { table } from '@headroom/projecting';

/** What a change of cost rates made of a month that was closed. */
export interface RestatementRow {
  readonly tenantId: string;
  readonly rateChangeId: string;
  readonly month: string;
  /** Of the change in the log. */
  readonly position: number;
  /** How often the month had been closed by then: reported figures are those of one closing. */
  readonly closing: number;
  /** As known when the month was first restated since it was closed: what was reported. */
  readonly reportedRevenueMinor: number;
  readonly reportedCostMinor: number;
  readonly beforeRevenueMinor: number;
  readonly beforeCostMinor: number;
  readonly revenueMinor: number;
  readonly costMinor: number;
  /** Of the month, priced anew. */
  readonly seconds: number;
  readonly currency: string;
  /** The log position that `before` holds for. */
  readonly figuresAt: number;
  readonly appliedAt: string;
  readonly appliedBy: string;
  readonly reason: string | null;
}

export const restatementTable = table<RestatementRow>('restatement', {
  columns: {
    tenantId: 'text',
    rateChangeId: 'text',
    month: 'text',
    position: 'integer',
    closing: 'integer',
    reportedRevenueMinor: 'integer',
    reportedCostMinor: 'integer',
    beforeRevenueMinor: 'integer',
    beforeCostMinor: 'integer',
    revenueMinor: 'integer',
    costMinor: 'integer',
    seconds: 'integer',
    currency: 'text',
    figuresAt: 'integer',
    appliedAt: 'instant',
    appliedBy: 'text',
    reason: { type: 'text', nullable: true },
  },
  key: ['tenantId', 'rateChangeId', 'month'],
  lookups: { byMonth: ['tenantId', 'month', 'position'] },
  foldLookups: ['byMonth'],
});
