import { projectionNames } from '@headroom/contracts/questions';
import * as contract from '@headroom/contracts/rest/profitability';
import { type Bound, bindQuestion, decodeCursor } from '@headroom/http';
import { coveragePage } from '../pages/coverage-page.ts';
import { coverageGaps } from '../read-models/briefs/coverage-gaps.ts';
import type { AgencyStages } from '../read-models/in-mind/agency-stages.ts';
import { configured, dayOf } from '../read-models/stage-view.ts';
import { cursorOf } from './cursor.ts';

const projections = [projectionNames.profitability];
const unconfigured = { kind: 'refused', code: 'agency-not-configured' } as const;
const A_PAGE = 200;

/** Who could take a project over: as a list, and on paper. */
export const coverageQuestions = (inMind: AgencyStages): Bound[] => [
  bindQuestion(contract.listCoverageGaps, {
    projections,
    answer: async ({ caller: { tenantId }, params, query, instant }, reader) => {
      const agency = await configured(reader, tenantId);
      if (agency === undefined) return unconfigured;
      const [last] = decodeCursor(contract.listCoverageGaps, { params, query }) ?? [];
      const after = last === undefined ? undefined : String(last);
      const asOf = dayOf(query.asOf, instant, agency);
      const { next, left: _, ...body } = await coverageGaps(reader, inMind, tenantId, { ...query, asOf, after });
      const nextCursor = cursorOf(contract.listCoverageGaps, { params, query }, next === null ? null : [next]);
      return { kind: 'answer', body: { ...body, nextCursor } };
    },
  }),
  bindQuestion(contract.getCoverageGapsPage, {
    projections,
    answer: async ({ caller: { tenantId }, params, query, instant }, reader) => {
      const agency = await configured(reader, tenantId);
      if (agency === undefined) return unconfigured;
      const { clientId, lang } = query;
      const [last] = decodeCursor(contract.getCoverageGapsPage, { params, query }) ?? [];
      const after = last === undefined ? undefined : String(last);
      const asOf = dayOf(query.asOf, instant, agency);
      const gaps = await coverageGaps(reader, inMind, tenantId, { clientId, asOf, limit: A_PAGE, after });
      const { next } = gaps;
      const cursor = cursorOf(contract.getCoverageGapsPage, { params, query }, next === null ? null : [next]);
      return { kind: 'answer', body: coveragePage({ ...gaps, cursor }, agency.settings.name, lang) };
    },
  }),
];
