import {
  clientEvents,
  type EventData,
  extraPaymentEvents,
  hoursAdjusted,
  hoursCorrected,
  hoursLogged,
  hoursVoided,
  interactionEvents,
  requestEvents,
} from '@headroom/contracts/events';
import { storedTypesOf, upcast } from '@headroom/contracts/events/upcast';
import { projectionNames } from '@headroom/contracts/questions';
import { projection } from '@headroom/projecting';
import { clientTable, extraPaymentTable, interactionTable, requestTable } from '../read-models/tables.ts';
import { requestTimeTable, timelineTable } from '../read-models/timeline-tables.ts';
import { clientHandlers } from './clients.ts';
import { extraPaymentHandlers } from './extra-payments.ts';
import { hoursHandlers } from './hours.ts';
import { requestHandlers } from './requests.ts';

const events = [
  ...clientEvents,
  ...interactionEvents,
  ...requestEvents,
  ...extraPaymentEvents,
  hoursLogged,
  hoursCorrected,
  hoursVoided,
  hoursAdjusted,
] as const;

/** Clients, contacts, requests with their timelines, and extra payments. */
export const relationshipProjection = projection<EventData<(typeof events)[number]>>({
  name: projectionNames.relationship,
  version: 1,
  tables: [clientTable, interactionTable, requestTable, extraPaymentTable, timelineTable, requestTimeTable],
  upcast,
  storedTypes: storedTypesOf(new Set(events.map(({ name }) => name))),
  handlers: { ...clientHandlers, ...requestHandlers, ...extraPaymentHandlers, ...hoursHandlers },
});
