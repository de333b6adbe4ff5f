import { streamKinds } from '@headroom/commanding';
import { categories } from '@headroom/contracts/events';
import { storedTypeOf, upcast } from '@headroom/contracts/events/upcast';
import { clientEvolution } from '../decisions/client.ts';
import { costMeasureEvolution } from '../decisions/cost-measures/measure.ts';
import { extraPaymentEvolution } from '../decisions/extra-payments/extra-payment.ts';
import { interactionsEvolution } from '../decisions/interaction.ts';
import { requestEvolution } from '../decisions/requests/request.ts';
import { satisfactionEvolution } from '../decisions/satisfaction.ts';
import { agencyEvolution, projectEvolution, specialistEvolution, stageEvolution } from '../decisions/surroundings.ts';

const kind = streamKinds(upcast, storedTypeOf);

export const clientKind = kind(categories.client, clientEvolution);
export const interactionsKind = kind(categories.interactions, interactionsEvolution);
export const satisfactionKind = kind(categories.satisfaction, satisfactionEvolution);
export const costMeasureKind = kind(categories.costMeasure, costMeasureEvolution);
export const requestKind = kind(categories.request, requestEvolution);
export const extraPaymentKind = kind(categories.extraPayment, extraPaymentEvolution);

// Streams that other services own; only read.
export const agencyKind = kind(categories.agency, agencyEvolution);
export const projectKind = kind(categories.project, projectEvolution);
export const stageKind = kind(categories.stage, stageEvolution);
export const specialistKind = kind(categories.specialist, specialistEvolution);
