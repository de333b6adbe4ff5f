import { projectionNames } from '@headroom/contracts/questions';
import * as contract from '@headroom/contracts/rest/profitability';
import { type Bound, bindQuestion, decodeCursor } from '@headroom/http';
import type { AgencyStages } from '../read-models/in-mind/agency-stages.ts';
import { listPeriods } from '../read-models/periods.ts';
import { runningTimer } from '../read-models/running-timer.ts';
import { configured } from '../read-models/stage-view.ts';
import { specialistTable } from '../read-models/tables.ts';
import { listTimeEntries } from '../read-models/time-entries.ts';
import { cursorOf } from './cursor.ts';
import { seenSpecialist } from './own-time.ts';

const projections = [projectionNames.profitability];
const notOwnTime = { kind: 'refused', code: 'not-own-time' } as const;

/** The questions about time, tied to their contracts. */
export const timeQuestions = (inMind: AgencyStages): Bound[] => [
  bindQuestion(contract.listTimeEntries, {
    projections,
    answer: async ({ caller, params, query }, reader) => {
      const specialistId = seenSpecialist(caller, query.specialistId);
      if (specialistId === 'another') return notOwnTime;
      const { tenantId, seesRates } = caller;
      const agency = await configured(reader, tenantId);
      if (agency === undefined)
        return { kind: 'answer', body: { items: [], nextCursor: null, knownAt: reader.position } };
      const after = decodeCursor(contract.listTimeEntries, { params, query });
      const question = { ...query, specialistId: specialistId?.id, after };
      const { items, next } = await listTimeEntries(inMind, reader, agency, question, seesRates);
      const nextCursor = cursorOf(contract.listTimeEntries, { params, query }, next);
      return { kind: 'answer', body: { items, nextCursor, knownAt: reader.position } };
    },
  }),

  bindQuestion(contract.getRunningTimer, {
    projections,
    changesWithTime: true,
    answer: async ({ caller, params: { specialistId }, instant }, reader) => {
      if (seenSpecialist(caller, specialistId) === 'another') return notOwnTime;
      const { tenantId } = caller;
      const specialist = await reader.get(specialistTable, tenantId, specialistId);
      if (specialist === undefined) return { kind: 'not-found', what: 'specialist' };
      const running = await runningTimer(reader, tenantId, specialistId, instant);
      return { kind: 'answer', body: { running, knownAt: reader.position } };
    },
  }),

  bindQuestion(contract.listPeriods, {
    projections,
    answer: async ({ caller: { tenantId }, params, query }, reader) => {
      const after = decodeCursor(contract.listPeriods, { params, query });
      const { items, next } = await listPeriods(reader, tenantId, { ...query, after });
      const nextCursor = cursorOf(contract.listPeriods, { params, query }, next);
      return { kind: 'answer', body: { items, nextCursor, knownAt: reader.position } };
    },
  }),
];
