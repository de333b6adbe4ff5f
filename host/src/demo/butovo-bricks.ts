import * as profitability from '@headroom/contracts/rest/profitability';
import * as relationship from '@headroom/contracts/rest/relationship';
import * as roi from '@headroom/contracts/rest/roi';
import { plannedCalls, unplannedContacts } from './contacts.ts';
import { landingSteps } from './landing.ts';
import { pastStage } from './past-stage.ts';
import { pastRequest } from './request.ts';
import { rub, type Step, step } from './step.ts';

const clientId = 'butovo-bricks';
const projectId = 'bricks-catalogue';
const askedBy = 'Pavel Gromov';
const TALKS = 'Calls and letters';
const TRIPS = 'Trips to Butovo';

const design = () =>
  pastStage({
    stageId: 'catalogue-design',
    projectId,
    name: 'Catalogue design',
    fee: 380_000,
    planned: { designer: 55, manager: 12 },
    from: '2025-07-08',
    to: '2025-09-05',
    work: [
      { who: 'anna', hours: 56 },
      { who: 'anna', hours: 6, activity: 'rework' },
      { who: 'boris', hours: 12, activity: 'management' },
      { who: 'boris', hours: 8, activity: 'communication', note: TALKS },
      { who: 'boris', hours: 4, activity: 'travel', note: TRIPS },
    ],
    meanwhile: pastRequest({
      requestId: 'catalogue-second-logo',
      projectId,
      stageId: 'catalogue-design',
      askedBy,
      on: '2025-08-12',
      channel: 'call',
      words: 'While you are at it, draw the logo a little bolder',
      scope: 'out-of-scope',
      rationale: 'The contract leaves the logo as it is',
      work: [{ who: 'anna', on: '2025-08-14', hours: 2, goodwill: true }],
      extra: {
        amount: 15_000,
        estimatedCost: 5_000,
        proposedOn: '2025-08-18',
        declined: { on: '2025-08-20', words: 'Is such a trifle hard for you?' },
      },
    }),
  });

const build = () =>
  pastStage({
    stageId: 'catalogue-build',
    projectId,
    name: 'Catalogue build',
    fee: 580_000,
    planned: { developer: 75, designer: 10, manager: 12 },
    from: '2025-09-08',
    to: '2025-11-21',
    work: [
      { who: 'galina', hours: 78 },
      { who: 'anna', hours: 10 },
      { who: 'boris', hours: 12, activity: 'management' },
      { who: 'boris', hours: 14, activity: 'communication', note: TALKS },
      { who: 'boris', hours: 4, activity: 'travel', note: TRIPS },
    ],
    meanwhile: pastRequest({
      requestId: 'catalogue-price-import',
      projectId,
      stageId: 'catalogue-build',
      askedBy,
      on: '2025-10-06',
      channel: 'email',
      words: 'The prices should come from our warehouse program by themselves',
      scope: 'out-of-scope',
      rationale: 'Annex 1 has prices entered by hand',
      work: [{ who: 'galina', on: '2025-10-14', hours: 7 }],
      extra: { amount: 40_000, estimatedCost: 20_853, proposedOn: '2025-10-07', agreedOn: '2025-10-09' },
    }),
  });

const care = () =>
  pastStage({
    stageId: 'catalogue-care',
    projectId,
    name: 'Catalogue care',
    fee: 260_000,
    planned: { developer: 30, manager: 8 },
    from: '2025-12-01',
    to: '2026-02-27',
    work: [
      { who: 'galina', hours: 26 },
      { who: 'anna', hours: 4, activity: 'rework' },
      { who: 'boris', hours: 6, activity: 'management' },
      { who: 'boris', hours: 16, activity: 'communication', note: TALKS },
    ],
  });

/** Its site is counted, but how many inquiries become sales it has not told: an ROI without that would be a guess. */
const business = (): Step[] => [
  step(
    roi.recordBusinessFacts,
    {
      effectiveFrom: '2025-07',
      averageCheck: { stated: rub(120_000), source: 'client' },
      grossMargin: { stated: '0.25', low: '0.2', high: '0.3', source: 'estimate' },
    },
    { params: { clientId } },
  ),
  step(
    roi.setBaseline,
    { periodFrom: '2025-05', periodTo: '2025-06', totalVisitors: 2_900, totalInquiries: 48 },
    { params: { projectId } },
  ),
  ...(
    [
      ['2025-12', 1_620, 27],
      ['2026-01', 1_710, 30],
      ['2026-02', 1_980, 36],
    ] as const
  ).map(([month, visitors, inquiries]) =>
    step(roi.recordMetric, { month, visitors, inquiries }, { params: { projectId } }),
  ),
];

/** A client that earns its money and wants a lot of attention: three and more calls a working day since January. */
export const butovoBricksSteps = (): Step[] => [
  step(relationship.registerClient, { clientId, name: 'Butovo Bricks', since: '2025-07-01' }),
  step(profitability.openProject, {
    projectId,
    clientId,
    name: 'Brick catalogue',
    managerId: 'boris',
    serviceType: 'web-site',
    openedOn: '2025-07-07',
  }),
  ...design(),
  ...build(),
  ...care(),
  ...landingSteps(),
  ...pastRequest({
    requestId: 'font-change',
    projectId: 'landing',
    stageId: 'landing-design',
    askedBy,
    on: '2026-03-27',
    channel: 'chat',
    words: 'Could you also change the font?',
    scope: 'out-of-scope',
    rationale: 'The contract names one typeface; this is a second one',
  }),
  ...unplannedContacts({ clientId, from: '2025-07-08', to: '2025-12-30', perDay: [1, 2, 1, 1, 2] }),
  ...unplannedContacts({ clientId, from: '2026-01-09', to: '2026-03-31', perDay: [4, 3] }),
  ...plannedCalls(clientId, '2025-07-08', '2026-03-31', 10),
  ...business(),
];
