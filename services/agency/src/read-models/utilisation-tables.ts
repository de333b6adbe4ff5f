import { table } from '@headroom/projecting';

/** What a specialist logged with a work date of the month, in seconds. */
export interface WorkedMonthRow {
  readonly tenantId: string;
  readonly month: string;
  readonly specialistId: string;
  billableSeconds: number;
  nonBillableSeconds: number;
  goodwillSeconds: number;
}

export const workedMonthTable = table<WorkedMonthRow>('worked_month', {
  columns: {
    tenantId: 'text',
    month: 'text',
    specialistId: 'text',
    billableSeconds: 'integer',
    nonBillableSeconds: 'integer',
    goodwillSeconds: 'integer',
  },
  key: ['tenantId', 'month', 'specialistId'],
  lookups: { byMonth: ['tenantId', 'month'] },
});
