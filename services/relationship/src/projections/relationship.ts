import {
  clientEvents,
  costMeasureEvents,
  type EventData,
  extraPaymentEvents,
  hoursAdjusted,
  hoursCorrected,
  hoursLogged,
  hoursVoided,
  interactionEvents,
  invoiceEvents,
  requestEvents,
  satisfactionEvents,
} from '@headroom/contracts/events';
import { storedTypesOf, upcast } from '@headroom/contracts/events/upcast';
import { projectionNames } from '@headroom/contracts/questions';
import { projection } from '@headroom/projecting';
import { costMeasureTable } from '../read-models/cost-measures/tables.ts';
import { disputeTable, unsettledRulingTable } from '../read-models/disputes/tables.ts';
import { extraPaymentTable } from '../read-models/extra-payments/tables.ts';
import {
  clientInvoiceTable,
  contactMonthTable,
  firstContactTable,
  satisfactionTable,
} from '../read-models/loyalty/tables.ts';
import { requestTable } from '../read-models/requests/tables.ts';
import { requestTimeTable, timelineTable } from '../read-models/requests/timeline-tables.ts';
import { clientTable, interactionTable } from '../read-models/tables.ts';
import { clientHandlers } from './clients.ts';
import { costMeasureHandlers } from './cost-measures.ts';
import { disputeHandlers } from './disputes.ts';
import { extraPaymentHandlers } from './extra-payments.ts';
import { hoursHandlers } from './hours.ts';
import { paymentHandlers } from './loyalty/payments.ts';
import { requestHandlers } from './requests.ts';

const events = [
  ...clientEvents,
  ...interactionEvents,
  ...satisfactionEvents,
  ...invoiceEvents,
  ...costMeasureEvents,
  ...requestEvents,
  ...extraPaymentEvents,
  hoursLogged,
  hoursCorrected,
  hoursVoided,
  hoursAdjusted,
] as const;

/** Clients, contacts, satisfaction, payment discipline, requests with their disputes and timelines, and extra payments. */
export const relationshipProjection = projection<EventData<(typeof events)[number]>>({
  name: projectionNames.relationship,
  version: 4,
  tables: [
    clientTable,
    interactionTable,
    requestTable,
    extraPaymentTable,
    timelineTable,
    requestTimeTable,
    disputeTable,
    unsettledRulingTable,
    contactMonthTable,
    firstContactTable,
    satisfactionTable,
    clientInvoiceTable,
    costMeasureTable,
  ],
  upcast,
  storedTypes: storedTypesOf(new Set(events.map(({ name }) => name))),
  handlers: {
    ...clientHandlers,
    ...requestHandlers,
    ...disputeHandlers,
    ...extraPaymentHandlers,
    ...hoursHandlers,
    ...paymentHandlers,
    ...costMeasureHandlers,
  },
});
