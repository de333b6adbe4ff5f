import type { ClosedStage, EventUnion, projectEvents, stageEvents } from '@headroom/contracts/events';
import type { PartEvent, Told } from '@headroom/projecting';
import { projectStreamId, reviewStreamId, stageStreamId } from '../../events/streams.ts';
import { closedStages } from '../reviews/closed-stages.ts';
import { reviewTable } from '../reviews/tables.ts';
import { type Configured, dayOf } from '../stage-view.ts';
import { type On, stageExplanation } from './addresses.ts';

export interface ReviewExplained {
  readonly month: string;
  readonly basis?: 'reported' | 'current' | undefined;
  readonly asOf?: string | undefined;
  readonly instant: string;
}

type StageEvent = EventUnion<(typeof stageEvents)[number]>;

/** The stages of a month on the basis asked for, with the events behind them. */
export interface MonthOfStages {
  readonly basis: 'reported' | 'current';
  readonly asOf: string;
  readonly tolerance: string;
  readonly stages: readonly ClosedStage[];
  readonly frozen: { readonly on: string; readonly figuresAt: number; readonly from: number[] } | null;
  /** The moment at which each stage is explained. */
  readonly on: On;
  readonly events: readonly PartEvent[];
}

const closingsOf = (told: Told, tenantId: string, stages: readonly ClosedStage[]) =>
  told.eventsOf(
    stages.map(({ stageId }) => stageStreamId(tenantId, stageId)),
    ['StageClosed'],
  );

/** What a review of the month looks at: as reported once it is frozen, unless the present figures are asked for. */
export const monthOfStages = async (
  told: Told,
  agency: Configured,
  { month, basis, asOf: asked, instant }: ReviewExplained,
): Promise<MonthOfStages | 'not-frozen'> => {
  const { reader } = told;
  const { tenantId, settings } = agency;
  const review = (await reader.get(reviewTable, tenantId, month))?.review;
  if (basis === 'reported' && review === undefined) return 'not-frozen';
  const asOf = dayOf(asked, instant, agency);
  if (review === undefined || basis === 'current') {
    const stages = await closedStages(reader, agency, month, asOf);
    const on = { asOf, knownAt: reader.position };
    const events = await closingsOf(told, tenantId, stages);
    return { basis: 'current', asOf, tolerance: settings.kpiTolerance, stages, frozen: null, on, events };
  }
  const { stages, frozenOn, figuresAt, kpiTolerance: tolerance } = review;
  const freezing = await told.eventsOf([reviewStreamId(tenantId, month)], ['MonthlyReviewFrozen']);
  const closings = (await closingsOf(told, tenantId, stages)).filter(({ position }) => position <= figuresAt);
  const frozen = { on: frozenOn, figuresAt, from: freezing.map(({ position }) => position) };
  const on = { asOf: frozenOn, knownAt: figuresAt };
  return { basis: 'reported', asOf, tolerance, stages, frozen, on, events: [...closings, ...freezing] };
};

/** The event that closed a stage for good as of the moment. */
const closedBy = ({ stageId, closedOn }: ClosedStage, events: readonly PartEvent[]): number[] => {
  const closing = events.findLast((event) => {
    const { type, data } = event as unknown as StageEvent;
    return type === 'StageClosed' && data.stageId === stageId && data.closedOn === closedOn;
  });
  return closing === undefined ? [] : [closing.position];
};

/** A stage as a fact: its figures, the event that closed it, and where they are explained. */
export const stageFact = (stage: ClosedStage, { events, on }: MonthOfStages) => ({
  ...stage,
  from: closedBy(stage, events),
  explanation: stageExplanation(stage.stageId, on),
});

type ProjectEvent = EventUnion<(typeof projectEvents)[number]> & Pick<PartEvent, 'position'>;

const TENURES = ['ProjectOpened', 'ManagerReplaced'] as const;

/** What was told of who manages some projects, up to a position. */
export const tenureEvents = async (
  told: Told,
  tenantId: string,
  projectIds: readonly string[],
  knownAt: number,
): Promise<PartEvent[]> => {
  const streams = [...new Set(projectIds)].map((projectId) => projectStreamId(tenantId, projectId));
  return (await told.eventsOf(streams, TENURES)).filter(({ position }) => position <= knownAt);
};

/** Who manages a project since when; of two hand-overs on one day the later told one holds. */
export const tenuresOf = (projectId: string, events: readonly PartEvent[]) => {
  const since = new Map<string, { managerId: string; since: string; from: number[] }>();
  for (const { type, data, position } of events as unknown as readonly ProjectEvent[]) {
    if (type !== 'ProjectOpened' && type !== 'ManagerReplaced') continue;
    if (data.projectId !== projectId) continue;
    const day = type === 'ProjectOpened' ? data.openedOn : data.effectiveFrom;
    since.set(day, { managerId: data.managerId, since: day, from: [position] });
  }
  return [...since.values()].sort((one, other) => (one.since < other.since ? -1 : 1));
};
