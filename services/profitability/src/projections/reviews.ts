import type { EventData, monthlyReviewFrozen } from '@headroom/contracts/events';
import type { Handler } from '@headroom/projecting';
import { reviewTable } from '../read-models/reviews/tables.ts';

export type ReviewEvents = EventData<typeof monthlyReviewFrozen>;

export const reviewHandlers: { readonly [Type in keyof ReviewEvents & string]: Handler<Type, ReviewEvents[Type]> } = {
  MonthlyReviewFrozen: {
    fold: (rows, { tenantId, data, meta }) =>
      rows.put(reviewTable, { tenantId, month: data.month, frozenBy: meta.actor, review: data }),
  },
};
