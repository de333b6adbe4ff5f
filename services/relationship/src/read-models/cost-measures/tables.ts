import type { CostMethod, MeasureScope, Money } from '@headroom/contracts/events';
import { table } from '@headroom/projecting';

export interface CostMeasureRow {
  readonly tenantId: string;
  readonly measureId: string;
  readonly method: CostMethod;
  readonly scope: MeasureScope;
  readonly startedOn: string;
  readonly expectedMonthlySaving: Money | null;
  readonly note: string | null;
  endedOn: string | null;
  endNote: string | null;
}

export const costMeasureTable = table<CostMeasureRow>('cost_measure', {
  columns: {
    tenantId: 'text',
    measureId: 'text',
    method: 'text',
    scope: 'json',
    startedOn: 'date',
    expectedMonthlySaving: { type: 'json', nullable: true },
    note: { type: 'text', nullable: true },
    endedOn: { type: 'date', nullable: true },
    endNote: { type: 'text', nullable: true },
  },
  key: ['tenantId', 'measureId'],
  lookups: { byStart: ['tenantId', 'startedOn'] },
});
