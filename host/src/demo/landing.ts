import type { Activity } from '@headroom/contracts/events';
import * as contract from '@headroom/contracts/rest/profitability';
import { hours, rub, type Step, step } from './step.ts';

const stageId = 'landing-design';
const params = { stageId };

const entry = (specialistId: string, workDate: string, worked: number, activity: Activity, note?: string) => ({
  specialistId,
  stageId,
  workDate,
  seconds: hours(worked),
  activity,
  billable: activity === 'production' || activity === 'management',
  ...(note === undefined ? {} : { note }),
});

/** Of Anna's 39.5 hours, 19.5 are dated from 2026-03-16 on. */
const entries = [
  entry('anna', '2026-03-03', 6, 'production', 'Structure and wireframes'),
  entry('anna', '2026-03-05', 6, 'production', 'Hero section'),
  entry('anna', '2026-03-10', 4, 'production', 'Price list'),
  entry('anna', '2026-03-12', 4, 'production', 'Order form'),
  entry('anna', '2026-03-16', 5, 'production', 'Illustrations of the bricks'),
  entry('anna', '2026-03-17', 6, 'production', 'Illustrations of the bricks'),
  entry('anna', '2026-03-19', 5, 'production', 'Phone version'),
  entry('anna', '2026-03-24', 3.5, 'rework', 'The hero section once more, after the meeting'),
  entry('boris', '2026-03-02', 2, 'management', 'Briefing'),
  entry('boris', '2026-03-16', 1, 'management', 'Review of the first half'),
  entry('boris', '2026-03-23', 2, 'management', 'List of changes'),
  entry('boris', '2026-03-20', 2, 'travel', 'Meeting in Butovo'),
  entry('boris', '2026-03-20', 2, 'communication', 'Meeting in Butovo'),
];

/** The stage of the worked example: priced for a margin of 45%, on its way to 36%. */
export const landingSteps = (): Step[] => [
  step(contract.openProject, {
    projectId: 'landing',
    clientId: 'butovo-bricks',
    name: 'Landing page',
    managerId: 'boris',
    openedOn: '2026-03-02',
  }),
  step(contract.planStage, {
    stageId,
    projectId: 'landing',
    name: 'Landing design',
    billing: { kind: 'fixed', fee: rub(200_000) },
    plannedWork: [
      { role: 'designer', seconds: hours(40) },
      { role: 'manager', seconds: hours(6) },
    ],
    startsOn: '2026-03-02',
    endsOn: '2026-03-31',
  }),
  step(contract.startStage, { startedOn: '2026-03-02' }, { params }),
  step(contract.logHoursInBulk, { mode: 'best-effort', items: entries }),
  step(
    contract.recordExpense,
    {
      expenseId: 'butovo-taxi',
      category: 'travel',
      amount: rub(1_800),
      incurredOn: '2026-03-20',
      note: 'Taxi to Butovo and back',
    },
    { params },
  ),
  step(
    contract.reviseEstimate,
    { revisedOn: '2026-03-27', remainingWork: [{ role: 'designer', seconds: hours(4) }] },
    { params },
  ),
];
