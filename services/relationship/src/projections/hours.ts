import type { EventData, hoursAdjusted, hoursCorrected, hoursLogged, hoursVoided } from '@headroom/contracts/events';
import type { Handler } from '@headroom/projecting';
import { addTime, hoursOf, needTime, putStep } from './timeline-step.ts';

type Events = EventData<typeof hoursLogged | typeof hoursCorrected | typeof hoursVoided | typeof hoursAdjusted>;

/** Hours worked for a request; those that are for none pass by. */
export const hoursHandlers: { readonly [Type in keyof Events]: Handler<Type, Events[Type]> } = {
  HoursLogged: {
    needs: (needs, { tenantId, data }) => needTime(needs, tenantId, data.requestId),
    fold: (rows, event) => {
      const { requestId, seconds } = event.data;
      if (requestId === null) return;
      addTime(rows, event.tenantId, requestId, seconds);
      putStep(rows, requestId, 'hours-logged', event, { after: hoursOf(event.data) });
    },
  },
  HoursCorrected: {
    needs: (needs, { tenantId, data: { before, after } }) => {
      needTime(needs, tenantId, before.requestId);
      needTime(needs, tenantId, after.requestId);
    },
    fold: (rows, event) => {
      const { before, after } = event.data;
      addTime(rows, event.tenantId, before.requestId, -before.seconds);
      addTime(rows, event.tenantId, after.requestId, after.seconds);
      // An entry that is moved from one request to another is told on both timelines.
      for (const requestId of new Set([before.requestId, after.requestId])) {
        if (requestId === null) continue;
        putStep(rows, requestId, 'hours-corrected', event, { before: hoursOf(before), after: hoursOf(after) });
      }
    },
  },
  HoursVoided: {
    needs: (needs, { tenantId, data }) => needTime(needs, tenantId, data.entry.requestId),
    fold: (rows, event) => {
      const { entry } = event.data;
      if (entry.requestId === null) return;
      addTime(rows, event.tenantId, entry.requestId, -entry.seconds);
      putStep(rows, entry.requestId, 'hours-voided', event, { before: hoursOf(entry) });
    },
  },
  // To a request it is all one whether its hours changed before or after their month was closed.
  HoursAdjusted: {
    needs: (needs, { tenantId, data: { before, after } }) => {
      needTime(needs, tenantId, before.requestId);
      needTime(needs, tenantId, after?.requestId ?? null);
    },
    fold: (rows, event) => {
      const { before, after } = event.data;
      addTime(rows, event.tenantId, before.requestId, -before.seconds);
      if (after !== null) addTime(rows, event.tenantId, after.requestId, after.seconds);
      const step = after === null ? 'hours-voided' : 'hours-corrected';
      const detail = { before: hoursOf(before), ...(after === null ? {} : { after: hoursOf(after) }) };
      for (const requestId of new Set([before.requestId, after?.requestId ?? null])) {
        if (requestId !== null) putStep(rows, requestId, step, event, detail);
      }
    },
  },
};
