import type { EventData, monthlyReviewFrozen } from '@headroom/contracts/events';
import { table } from '@headroom/projecting';

/** That a stage was closed on a day, whatever became of it later: the candidates of a month's review. */
export interface StageClosingRow {
  readonly tenantId: string;
  readonly stageId: string;
  readonly closedOn: string;
}

export const stageClosingTable = table<StageClosingRow>('stage_closing', {
  columns: { tenantId: 'text', stageId: 'text', closedOn: 'date' },
  key: ['tenantId', 'stageId', 'closedOn'],
  lookups: { byDate: ['tenantId', 'closedOn'] },
});

export type FrozenReview = EventData<typeof monthlyReviewFrozen>['MonthlyReviewFrozen'];

export interface ReviewRow {
  readonly tenantId: string;
  readonly month: string;
  readonly frozenBy: string;
  readonly review: FrozenReview;
}

export const reviewTable = table<ReviewRow>('review', {
  columns: { tenantId: 'text', month: 'text', frozenBy: 'text', review: 'json' },
  key: ['tenantId', 'month'],
});
