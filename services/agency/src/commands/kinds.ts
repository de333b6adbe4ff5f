import { streamKinds } from '@headroom/commanding';
import { categories } from '@headroom/contracts/events';
import { storedTypeOf, upcast } from '@headroom/contracts/events/upcast';
import { agencyEvolution } from '../decisions/agency.ts';
import { billRateEvolution } from '../decisions/bill-rate.ts';
import { rateChangeEvolution } from '../decisions/rate-change.ts';
import { specialistEvolution } from '../decisions/specialist.ts';
import { standardEvolution } from '../decisions/standard.ts';
import { subjectEvolution } from '../decisions/subject.ts';
import { clientEvolution, projectEvolution, reviewEvolution } from '../decisions/surroundings.ts';

const kind = streamKinds(upcast, storedTypeOf);

export const agencyKind = kind(categories.agency, agencyEvolution);
export const specialistKind = kind(categories.specialist, specialistEvolution);
export const standardKind = kind(categories.standard, standardEvolution);
export const rateChangeKind = kind(categories.rateChange, rateChangeEvolution);
export const subjectKind = kind(categories.subject, subjectEvolution);
export const billRatesKind = kind(categories.billRates, billRateEvolution);

// Streams that other services own; only read.
export const clientKind = kind(categories.client, clientEvolution);
export const reviewKind = kind(categories.review, reviewEvolution);
export const projectKind = kind(categories.project, projectEvolution);
