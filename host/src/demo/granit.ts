import * as profitability from '@headroom/contracts/rest/profitability';
import * as relationship from '@headroom/contracts/rest/relationship';
import * as roi from '@headroom/contracts/rest/roi';
import { plannedCalls, unplannedContacts } from './contacts.ts';
import { pastStage } from './past-stage.ts';
import { pastRequest } from './request.ts';
import { rub, type Step, step } from './step.ts';

const clientId = 'granit';
const projectId = 'granit-showroom';
const askedBy = 'Oleg Platonov';

const design = () =>
  pastStage({
    stageId: 'showroom-design',
    projectId,
    name: 'Showroom design',
    fee: 250_000,
    planned: { designer: 50, manager: 8 },
    from: '2025-07-22',
    to: '2025-09-12',
    work: [
      { who: 'anna', hours: 58 },
      { who: 'anna', hours: 10, activity: 'rework' },
      { who: 'boris', hours: 8, activity: 'management' },
      { who: 'boris', hours: 6, activity: 'communication' },
    ],
    meanwhile: pastRequest({
      requestId: 'showroom-third-variant',
      projectId,
      stageId: 'showroom-design',
      askedBy,
      on: '2025-08-19',
      channel: 'meeting',
      words: 'Show us a third variant of the front page',
      scope: 'out-of-scope',
      rationale: 'The contract has two variants',
      work: [{ who: 'anna', on: '2025-08-22', hours: 5, goodwill: true }],
      extra: {
        amount: 25_000,
        estimatedCost: 12_000,
        proposedOn: '2025-08-25',
        declined: { on: '2025-08-29', words: 'A good agency shows three' },
      },
    }),
  });

const build = () =>
  pastStage({
    stageId: 'showroom-build',
    projectId,
    name: 'Showroom build',
    fee: 330_000,
    planned: { developer: 55, designer: 8, manager: 8 },
    from: '2025-09-15',
    to: '2025-12-05',
    work: [
      { who: 'galina', hours: 62 },
      { who: 'anna', hours: 9 },
      { who: 'boris', hours: 8, activity: 'management' },
      { who: 'boris', hours: 8, activity: 'communication' },
    ],
    meanwhile: [
      ...pastRequest({
        requestId: 'showroom-calculator',
        projectId,
        stageId: 'showroom-build',
        askedBy,
        on: '2025-10-21',
        channel: 'email',
        words: 'A calculator of the price of a staircase would be nice',
        scope: 'out-of-scope',
        rationale: 'Annex 2 has a form, not a calculator',
        extra: {
          amount: 60_000,
          estimatedCost: 31_000,
          proposedOn: '2025-10-24',
          declined: { on: '2025-11-05', words: 'Not in this quarter' },
        },
      }),
      ...pastRequest({
        requestId: 'showroom-second-language',
        projectId,
        stageId: 'showroom-build',
        askedBy,
        on: '2025-11-11',
        channel: 'call',
        words: 'The front page in English, too',
        scope: 'out-of-scope',
        rationale: 'The contract has one language',
        work: [{ who: 'galina', on: '2025-11-17', hours: 3 }],
        extra: { amount: 12_000, estimatedCost: 8_937, proposedOn: '2025-11-12', agreedOn: '2025-11-13' },
      }),
    ],
  });

const photographs = () =>
  pastStage({
    stageId: 'showroom-photographs',
    projectId,
    name: 'Showroom photographs',
    fee: 160_000,
    planned: { designer: 26, manager: 5 },
    from: '2026-01-19',
    to: '2026-02-27',
    work: [
      { who: 'anna', hours: 30 },
      { who: 'boris', hours: 4, activity: 'management' },
      { who: 'boris', hours: 5, activity: 'communication' },
    ],
    expenses: [{ on: '2026-01-27', category: 'subcontractor', amount: 22_000, note: 'Photographer' }],
  });

const METRICS = [
  ['2025-12', 640, 13],
  ['2026-01', 690, 15],
  ['2026-02', 760, 18],
  ['2026-03', 830, 22],
] as const;

const business = (): Step[] => [
  step(
    roi.recordBusinessFacts,
    {
      effectiveFrom: '2025-07',
      closeRate: { stated: '0.15', low: '0.1', high: '0.2', source: 'estimate' },
      averageCheck: { stated: rub(95_000), source: 'client' },
      grossMargin: { stated: '0.35', source: 'client' },
    },
    { params: { clientId } },
  ),
  step(
    roi.setBaseline,
    { periodFrom: '2025-09', periodTo: '2025-11', totalVisitors: 1_560, totalInquiries: 30 },
    { params: { projectId } },
  ),
  ...METRICS.map(([month, visitors, inquiries]) =>
    step(roi.recordMetric, { month, visitors, inquiries }, { params: { projectId } }),
  ),
];

/** A client whose price is too low for what it takes: stages overrun, extra payments are mostly declined. */
export const granitSteps = (): Step[] => [
  step(relationship.registerClient, { clientId, name: 'Granit Stonework', since: '2025-03-17' }),
  step(profitability.openProject, {
    projectId,
    clientId,
    name: 'Showroom site',
    managerId: 'boris',
    serviceType: 'web-site',
    openedOn: '2025-07-21',
  }),
  ...design(),
  ...build(),
  ...photographs(),
  ...unplannedContacts({ clientId, from: '2025-07-22', to: '2026-03-31', perDay: [1, 1, 0, 1] }),
  ...plannedCalls(clientId, '2025-07-22', '2026-03-31', 10),
  ...business(),
];
