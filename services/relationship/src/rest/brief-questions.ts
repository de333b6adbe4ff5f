import { projectionNames } from '@headroom/contracts/questions';
import * as contract from '@headroom/contracts/rest/relationship';
import { type Bound, bindQuestion } from '@headroom/http';
import { handoverPage } from '../pages/handover-page.ts';
import { resultsPage } from '../pages/results-page.ts';
import { handoverBrief } from '../read-models/briefs/handover-brief.ts';
import type { BriefPorts } from '../read-models/briefs/ports.ts';
import { resultsBrief } from '../read-models/briefs/results-brief.ts';

const all = [projectionNames.relationship, projectionNames.profitability, projectionNames.roi];
const two = [projectionNames.relationship, projectionNames.profitability];
const noClient = { kind: 'not-found', what: 'client' } as const;
const noProject = { kind: 'not-found', what: 'project' } as const;

/** What a client got, and what a new manager must know: as data and on paper. */
export const briefQuestions = (ports: BriefPorts): Bound[] => [
  bindQuestion(contract.getResultsBrief, {
    projections: all,
    answer: async ({ caller: { tenantId }, params, query: { knownAt: _, ...query }, instant }, reader) => {
      const brief = await resultsBrief(ports, reader, { tenantId, ...params, ...query, instant });
      if (brief === 'not-found') return noClient;
      return typeof brief === 'string' ? { kind: 'refused', code: brief } : { kind: 'answer', body: brief };
    },
  }),
  bindQuestion(contract.getResultsBriefPage, {
    projections: all,
    answer: async ({ caller: { tenantId }, params, query: { lang, knownAt: _, ...query }, instant }, reader) => {
      const brief = await resultsBrief(ports, reader, { tenantId, ...params, ...query, instant });
      if (brief === 'not-found') return noClient;
      if (typeof brief === 'string') return { kind: 'refused', code: brief };
      return { kind: 'answer', body: resultsPage(brief, lang) };
    },
  }),
  bindQuestion(contract.getHandoverBrief, {
    projections: two,
    answer: async ({ caller: { tenantId, seesRates }, params, query: { asOf, lang }, instant }, reader) => {
      const brief = await handoverBrief(ports, reader, { tenantId, ...params, asOf, lang, instant, seesRates });
      return brief === undefined ? noProject : { kind: 'answer', body: brief };
    },
  }),
  bindQuestion(contract.getHandoverBriefPage, {
    projections: two,
    answer: async ({ caller: { tenantId, seesRates }, params, query: { asOf, lang }, instant }, reader) => {
      const brief = await handoverBrief(ports, reader, { tenantId, ...params, asOf, lang, instant, seesRates });
      return brief === undefined ? noProject : { kind: 'answer', body: handoverPage(brief, lang) };
    },
  }),
];
