import { categories } from '@headroom/contracts/events';
import type { Recorder } from './recorder.ts';
import { CURRENCY, type Project, ROLES, rateText, rub, type Specialist, type Stage, type World } from './world.ts';

const PROJECTS_A_CLIENT = 3;
const SERVICE_TYPES = ['landing-page', 'shop', 'support', null] as const;
const MARGIN_OF_PLAN = 0.42;
const HOUR = 3_600;

const openProject = ({ random, clients, projects, specialists, today }: World, recorder: Recorder): Project => {
  const project = { projectId: random.id(), clientId: random.pick(clients) };
  projects.push(project);
  if (projects.length > clients.length * PROJECTS_A_CLIENT) projects.shift();
  recorder.record(
    categories.project,
    [project.projectId],
    [
      {
        type: 'ProjectOpened',
        data: {
          ...project,
          name: `Project for ${project.clientId}`,
          managerId: random.pick(specialists).id,
          serviceType: random.pick(SERVICE_TYPES),
          openedOn: today,
          externalRef: null,
        },
      },
    ],
  );
  const baseline = {
    periodFrom: '2021-07',
    periodTo: '2021-12',
    totalVisitors: random.integer(900, 90_000),
    totalCalls: null,
    totalForms: null,
    totalSales: null,
    totalTurnover: null,
    totalPromotionCost: null,
  };
  recorder.record(
    categories.projectMetrics,
    [project.projectId],
    [{ type: 'BaselineSet', data: { ...project, ...baseline, totalInquiries: random.integer(9, 900) } }],
  );
  return project;
};

/** Who works on the next stage: those first who have little to do. */
const teamOf = ({ random, specialists }: World): Specialist[] => {
  const team = new Set([specialists.reduce((idle, one) => (one.stages.length < idle.stages.length ? one : idle))]);
  const size = random.integer(3, 5);
  for (let tries = 0; team.size < size && tries < 20; tries += 1) team.add(random.pick(specialists));
  return [...team];
};

const planOf = ({ random }: World, team: readonly Specialist[]) => {
  const work = ROLES.flatMap((role) => {
    const people = team.filter((one) => one.role === role);
    if (people.length === 0) return [];
    const units = Math.round(people.reduce((sum, { rateUnits }) => sum + rateUnits, 0) / people.length);
    return [{ role, seconds: random.integer(20, 90) * people.length * HOUR, ratePerHour: rateText(units), units }];
  });
  const costMinor = work.reduce((sum, { seconds, units }) => sum + Math.round((seconds / HOUR) * (units / 100)), 0);
  const plannedWork = work.map(({ role, seconds, ratePerHour }) => ({ role, seconds, ratePerHour }));
  return { plannedWork, costMinor, feeMinor: Math.round(costMinor / (1 - MARGIN_OF_PLAN)) };
};

const beginStage = (world: World, recorder: Recorder): void => {
  const { random, projects, stages, today } = world;
  const project = projects.length === 0 || random.chance(0.2) ? openProject(world, recorder) : random.pick(projects);
  const team = teamOf(world);
  const ids = { stageId: random.id(), ...project };
  const stage: Stage = { ids, team, target: random.integer(60, 300), entries: 0, closed: false };
  const { plannedWork, costMinor, feeMinor } = planOf(world, team);
  const planned = {
    ...ids,
    name: `Stage ${stages.length} for ${project.clientId}`,
    serviceType: random.pick(SERVICE_TYPES),
    billing: { kind: 'fixed', fee: rub(feeMinor) },
    plannedRevenue: rub(feeMinor),
    plannedWork,
    plannedExpenses: rub(0),
    startsOn: today,
    endsOn: null,
    externalRef: null,
  } as const;
  const baseline = { revenueMinor: feeMinor, expensesMinor: 0, costMinor, currency: CURRENCY, work: plannedWork };
  recorder.record(
    categories.stage,
    [ids.stageId],
    [{ type: 'StagePlanned', data: { ...planned, plannedActivities: [] } }],
  );
  recorder.record(
    categories.stage,
    [ids.stageId],
    [{ type: 'StageStarted', data: { ...ids, startedOn: today, baseline } }],
  );
  stages.push(stage);
  for (const one of team) one.stages.push(stage);
};

/** Begins as many stages as are missing. */
export const recordNewStages = (world: World, recorder: Recorder): void => {
  while (world.stages.length < world.stagesWanted) beginStage(world, recorder);
};

const leave = ({ stages }: { readonly stages: Stage[] }, stage: Stage): void => {
  stages.splice(stages.indexOf(stage), 1);
};

/** Closes what is done; now and then a stage is opened again, because the client found something. */
export const recordClosedStages = (world: World, recorder: Recorder): void => {
  const { random, today } = world;
  for (const stage of world.stages.filter(({ entries, target }) => entries >= target)) {
    const { ids } = stage;
    const keys = [ids.stageId];
    recorder.record(categories.stage, keys, [{ type: 'StageClosed', data: { ...ids, closedOn: today } }]);
    if (random.chance(0.05)) {
      const reopened = { type: 'StageReopened', data: { ...ids, reopenedOn: today } } as const;
      recorder.record(categories.stage, keys, [reopened], 'The client found a mistake');
      stage.target += random.integer(5, 20);
      continue;
    }
    stage.closed = true;
    leave(world, stage);
    for (const one of stage.team) leave(one, stage);
  }
};

/** What managers tell of stages under way: what is left to do, and what was bought. */
export const recordStageNews = ({ random, stages, today }: World, recorder: Recorder): void => {
  const sometimes = Math.ceil(stages.length * 0.06);
  for (let n = 0; n < sometimes; n += 1) {
    const { ids, team } = random.pick(stages);
    const remainingWork = [...new Set(team.map(({ role }) => role))].map((role) => ({
      role,
      seconds: random.integer(0, 40) * HOUR,
    }));
    const revised = { ...ids, revisedOn: today, remainingWork, remainingExpenses: rub(0) };
    recorder.record(categories.stage, [ids.stageId], [{ type: 'RemainingEstimateRevised', data: revised }]);
  }
  for (let n = 0; n < sometimes / 2; n += 1) {
    const { ids } = random.pick(stages);
    const expense = {
      expenseId: random.id(),
      ...ids,
      category: random.pick(['subcontractor', 'travel', 'licence', 'other'] as const),
      amount: { minor: random.integer(50_000, 3_000_000), currency: random.chance(0.1) ? 'EUR' : CURRENCY },
      incurredOn: today,
      postedOn: null,
      note: 'Taxi to the client and back',
      externalRef: null,
    };
    recorder.record(categories.stage, [ids.stageId], [{ type: 'ExpenseRecorded', data: expense }]);
  }
};
