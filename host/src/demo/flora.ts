import * as profitability from '@headroom/contracts/rest/profitability';
import * as relationship from '@headroom/contracts/rest/relationship';
import * as roi from '@headroom/contracts/rest/roi';
import { plannedCalls, unplannedContacts } from './contacts.ts';
import { pastStage } from './past-stage.ts';
import { pastRequest } from './request.ts';
import { rub, type Step, step } from './step.ts';

const clientId = 'flora';
const projectId = 'flora-site';
const askedBy = 'Vera Orlova';

const design = () =>
  pastStage({
    stageId: 'flora-design',
    projectId,
    name: 'Site design',
    fee: 360_000,
    planned: { designer: 60, manager: 10 },
    from: '2025-07-01',
    to: '2025-08-15',
    work: [
      { who: 'anna', hours: 57 },
      { who: 'boris', hours: 9, activity: 'management' },
      { who: 'boris', hours: 3, activity: 'communication' },
    ],
  });

const build = () =>
  pastStage({
    stageId: 'flora-build',
    projectId,
    name: 'Site build',
    fee: 620_000,
    planned: { developer: 90, designer: 12, manager: 12 },
    from: '2025-08-18',
    to: '2025-10-10',
    work: [
      { who: 'galina', hours: 86 },
      { who: 'anna', hours: 12 },
      { who: 'boris', hours: 11, activity: 'management' },
      { who: 'boris', hours: 4, activity: 'communication' },
    ],
    expenses: [{ on: '2025-09-16', category: 'subcontractor', amount: 18_000, note: 'Photographs of the plants' }],
    meanwhile: pastRequest({
      requestId: 'planting-calendar',
      projectId,
      stageId: 'flora-build',
      askedBy,
      on: '2025-09-09',
      channel: 'email',
      words: 'Could the site show what to plant in which month?',
      scope: 'out-of-scope',
      rationale: 'A calendar is not among the pages of Annex 1',
      work: [
        { who: 'galina', on: '2025-09-17', hours: 6 },
        { who: 'anna', on: '2025-09-18', hours: 3 },
      ],
      extra: { amount: 45_000, estimatedCost: 24_858, proposedOn: '2025-09-10', agreedOn: '2025-09-11' },
    }),
  });

/** Promotion, month by month: the fee grows with what it brings. */
const MONTHS = [
  { month: '2025-10', to: '2025-10-31', fee: 150_000, marketer: 32 },
  { month: '2025-11', to: '2025-11-28', fee: 150_000, marketer: 32 },
  { month: '2025-12', to: '2025-12-30', fee: 165_000, marketer: 34 },
  { month: '2026-01', to: '2026-01-30', fee: 180_000, marketer: 37 },
  { month: '2026-02', to: '2026-02-27', fee: 195_000, marketer: 40 },
  { month: '2026-03', to: '2026-03-31', fee: 210_000, marketer: 42 },
] as const;

const promotionMonth = ({ month, to, fee, marketer }: (typeof MONTHS)[number]) =>
  pastStage({
    stageId: `flora-promotion-${month}`,
    projectId,
    name: `Promotion ${month}`,
    fee,
    planned: { marketer, manager: 3 },
    from: `${month}-01`,
    to,
    work: [
      { who: 'dmitri', hours: marketer },
      { who: 'boris', hours: 3, activity: 'management' },
      { who: 'boris', hours: 1, activity: 'communication' },
    ],
  });

const METRICS = [
  ['2025-07', 1_690, 21, 0],
  ['2025-08', 1_740, 22, 0],
  ['2025-09', 1_820, 24, 0],
  ['2025-10', 2_310, 38, 20_000],
  ['2025-11', 2_980, 61, 25_000],
  ['2025-12', 3_350, 74, 25_000],
  ['2026-01', 3_760, 90, 25_000],
  ['2026-02', 4_420, 112, 30_000],
  ['2026-03', 5_250, 139, 30_000],
] as const;

const business = (): Step[] => [
  step(
    roi.recordBusinessFacts,
    {
      effectiveFrom: '2025-07',
      conversion: { stated: '0.02', source: 'analytics' },
      closeRate: { stated: '0.25', low: '0.2', high: '0.3', source: 'client' },
      averageCheck: { stated: rub(85_000), low: rub(75_000), high: rub(95_000), source: 'client' },
      grossMargin: { stated: '0.45', low: '0.4', high: '0.5', source: 'estimate' },
    },
    { params: { clientId } },
  ),
  step(
    roi.setBaseline,
    { periodFrom: '2025-04', periodTo: '2025-06', totalVisitors: 5_100, totalInquiries: 66 },
    { params: { projectId } },
  ),
  ...METRICS.map(([month, visitors, inquiries, advertising]) =>
    step(
      roi.recordMetric,
      { month, visitors, inquiries, advertisingSpend: rub(advertising) },
      { params: { projectId } },
    ),
  ),
];

/** The client to keep: good margins, growing, pays for what it asks for, and calls when there is something to say. */
export const floraSteps = (): Step[] => [
  step(relationship.registerClient, { clientId, name: 'Flora Garden Centres', since: '2024-02-05' }),
  step(profitability.openProject, {
    projectId,
    clientId,
    name: 'Site and promotion',
    managerId: 'boris',
    serviceType: 'web-site',
    openedOn: '2025-07-01',
  }),
  ...design(),
  ...build(),
  ...MONTHS.flatMap(promotionMonth),
  ...unplannedContacts({ clientId, from: '2025-07-01', to: '2026-03-31', perDay: [0, 0, 1, 0, 0, 0] }),
  ...plannedCalls(clientId, '2025-07-02', '2026-03-31', 5),
  ...business(),
];
