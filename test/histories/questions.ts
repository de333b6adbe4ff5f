import { stageIds } from '@headroom/contracts/examples/worked-example';
import type { Told } from '../support/random-agency.ts';

const { stageId, projectId, clientId } = stageIds;
const DAYS = ['2026-02-20', '2026-03-31', '2026-04-10'];
const ofFigures = (path: string): string[] => DAYS.map((day) => `${path}?asOf=${day}`);

/** Questions whose answers say something of every read model, as of a day and of today. */
export const QUESTIONS = [
  ...ofFigures(`/v1/stages/${stageId}/profitability`),
  ...ofFigures('/v1/stages/second-stage/profitability'),
  ...ofFigures(`/v1/projects/${projectId}/profitability`),
  ...ofFigures(`/v1/clients/${clientId}/profitability`),
  `/v1/stages/${stageId}/profitability`,
  '/v1/portfolio?from=2026-02&to=2026-04&groupBy=month',
  '/v1/portfolio?from=2026-02&to=2026-04&groupBy=client&asOf=2026-03-20',
  '/v1/reviews/2026-03?asOf=2026-03-31',
  `/v1/clients/${clientId}/loyalty?asOf=2026-03-31`,
  `/v1/clients/${clientId}/roi?asOf=2026-04-30`,
  `/v1/clients/${clientId}/quote?plannedCostMinor=10000000&asOf=2026-04-30`,
  `/v1/stages/${stageId}/small-request?specialistId=anna&seconds=7200&asOf=2026-03-31`,
  `/v1/stages/${stageId}/extra-payment-advice?asOf=2026-03-31`,
  '/v1/views/production?asOf=2026-03-31',
  '/v1/views/finance?asOf=2026-03-31',
  '/v1/time-entries?limit=50',
  '/v1/cost-rates?asOf=2026-03-31',
  '/v1/bill-rates?asOf=2026-03-31',
  '/v1/invoices',
  '/v1/stages',
  '/v1/projects?asOf=2026-03-31',
  '/v1/alerts',
  '/v1/specialists',
  '/v1/uncosted-time',
  '/v1/unpriced-time',
];

/** How the question is asked again: as of the day and as known at the position that its answer carries. */
export const again = (question: string, { body: { asOf } }: Told, position: number): string => {
  const [path = '', query = ''] = question.split('?');
  const asked = new URLSearchParams(query);
  if (asOf !== undefined) asked.set('asOf', asOf);
  asked.set('knownAt', String(position));
  return `${path}?${asked}`;
};
