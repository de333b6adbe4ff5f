import type { clientRegistered, EventData, monthlyReviewFrozen, projectOpened } from '@headroom/contracts/events';
import { type Latest, latestOf } from '@headroom/kernel';

type Known = EventData<typeof clientRegistered | typeof monthlyReviewFrozen | typeof projectOpened>;

/** What decisions here need to know of what other services own: whether it is there. */
export const clientEvolution = latestOf<'ClientRegistered', Known['ClientRegistered']>('ClientRegistered');
export const projectEvolution = latestOf<'ProjectOpened', Known['ProjectOpened']>('ProjectOpened');

export const reviewEvolution = latestOf<'MonthlyReviewFrozen', Known['MonthlyReviewFrozen']>('MonthlyReviewFrozen');

export type Review = Latest<Pick<Known['MonthlyReviewFrozen'], 'stages' | 'statistics'>>;
export type Surroundings = Latest<object>;
