import type { businessFactsEvents, EventUnion, projectMetricsEvents } from '@headroom/contracts/events';
import type { ProfitabilityQuestions } from '@headroom/contracts/questions';
import { FORMULA_VERSION } from '@headroom/contracts/rest';
import { localDate } from '@headroom/kernel';
import { type PartEvent, type RowReader, referenceOf, type Told } from '@headroom/projecting';
import type { LoadedProject } from '../decisions/roi/client-figures.ts';
import { gainSteps, monthSteps, recomputeRoi, roiFigures, roiRatios } from '../decisions/roi/explained.ts';
import { withinRange } from '../decisions/roi/outcome.ts';
import { monthEnds, monthsOf } from '../decisions/roi/project-months.ts';
import { clientBusinessStreamId, projectMetricsStreamId } from '../events/streams.ts';
import type { AskClientRoi } from './client-roi.ts';
import { projectsTellingOneRate } from './rate-privacy.ts';
import { loadProjects } from './roi-facts.ts';
import { type ClientRow, clientTable } from './tables.ts';

type Recorded = EventUnion<(typeof businessFactsEvents)[number] | (typeof projectMetricsEvents)[number]>;

const TYPES = ['BusinessFactsRecorded', 'EffectShared', 'BaselineSet', 'MetricRecorded'];

/** Which events say what of a client's business and of its projects. */
const sourcesOf = (events: readonly PartEvent[]) => {
  const told = events as unknown as readonly (Recorded & Pick<PartEvent, 'position'>)[];
  const positions = (is: (event: Recorded) => boolean) => told.filter(is).map(({ position }) => position);
  return {
    facts: (effectiveFrom: string) =>
      positions(({ type, data }) => type === 'BusinessFactsRecorded' && data.effectiveFrom === effectiveFrom),
    sharing: (projectId: string, effectiveFrom: string) =>
      positions(
        ({ type, data }) =>
          type === 'EffectShared' && data.projectId === projectId && data.effectiveFrom === effectiveFrom,
      ).slice(-1),
    baseline: (projectId: string) =>
      positions(({ type, data }) => type === 'BaselineSet' && data.projectId === projectId).slice(-1),
    metric: (projectId: string, month: string) =>
      positions(
        ({ type, data }) => type === 'MetricRecorded' && data.projectId === projectId && data.month === month,
      ).slice(-1),
  };
};

type Sources = ReturnType<typeof sourcesOf>;

interface Asked {
  readonly asOf: string;
  readonly knownAt: number;
  readonly hidden: ReadonlySet<string>;
}

const projectFacts = (
  { facts: project, serviceType, revenueUpTo }: LoadedProject,
  sources: Sources,
  { asOf, knownAt, hidden }: Asked,
) => {
  const { projectId, name, openedOn, baseline, metrics } = project;
  const path = `/v1/projects/${encodeURIComponent(projectId)}/explanation`;
  return {
    projectId,
    name,
    serviceType,
    openedOn,
    baseline: baseline && { ...baseline, from: sources.baseline(projectId) },
    metrics: metrics.map(({ month, visitors, inquiries, calls, turnoverMinor, advertisingSpendMinor }) => ({
      month,
      visitors,
      inquiries,
      calls,
      turnoverMinor,
      advertisingSpendMinor,
      from: sources.metric(projectId, month),
    })),
    earned: monthEnds(monthsOf(project, asOf), asOf).map((on, index) => ({
      on,
      revenueMinor: hidden.has(projectId) ? null : (revenueUpTo[index] ?? 0),
      explanation: { operationId: 'explainProject', path: `${path}?asOf=${on}&knownAt=${knownAt}` },
    })),
  };
};

const factsOf = (
  { facts, sharings }: ClientRow,
  projects: readonly LoadedProject[],
  sources: Sources,
  asked: Asked,
) => ({
  asOf: asked.asOf,
  facts: facts.map((each) => ({ ...each, from: sources.facts(each.effectiveFrom) })),
  sharings: sharings.map(({ projectId, effectiveFrom, shares }) => ({
    projectId,
    effectiveFrom,
    shares: [...shares],
    from: sources.sharing(projectId, effectiveFrom),
  })),
  projects: projects.map((project) => projectFacts(project, sources, asked)),
});

type Facts = ReturnType<typeof factsOf>;

const positionsIn = ({ facts, sharings, projects }: Facts): Set<number> =>
  new Set([
    ...[...facts, ...sharings].flatMap(({ from }) => from),
    ...projects.flatMap(({ baseline, metrics }) => [...(baseline?.from ?? []), ...metrics.flatMap(({ from }) => from)]),
  ]);

const NOT_SHOWN = { low: null, base: null, high: null };

/** What a client's return is made of. What one person's rate could be told from is hidden, with all that follows. */
export const explainClientRoi = async (
  profitability: ProfitabilityQuestions<RowReader>,
  { reader, eventsOf }: Told,
  { tenantId, clientId, asOf: asked, instant, seesRates }: AskClientRoi,
) => {
  const client = await reader.get(clientTable, tenantId, clientId);
  const agency = await profitability.agency(reader, tenantId);
  if (client === undefined || agency === undefined) return 'not-found';
  const asOf = asked ?? localDate(instant, agency.timeZone);
  const projects = await loadProjects(profitability, reader, client, asOf);
  const hidden = seesRates
    ? new Set<string>()
    : await projectsTellingOneRate(profitability, reader, tenantId, clientId, asOf);
  const streams = projects.map(({ facts: { projectId } }) => projectMetricsStreamId(tenantId, projectId));
  const events = await eventsOf([clientBusinessStreamId(tenantId, clientId), ...streams], TYPES);
  const facts = factsOf(client, projects, sourcesOf(events), { asOf, knownAt: reader.position, hidden });
  const recomputed = recomputeRoi(facts);
  if (!withinRange(recomputed.outcome)) return 'beyond-range';
  const suppressed = hidden.size > 0;
  const shown = positionsIn(facts);
  // What others cost cuts up a shared effect, so a hidden cost hides the cut as well.
  const cutHidden = suppressed && client.sharings.length > 0;
  const figures = roiFigures(recomputed);
  return {
    clientId,
    name: client.name,
    facts,
    gains: gainSteps(facts),
    months: monthSteps(recomputed).map((each) => ({
      ...each,
      gain: cutHidden ? null : each.gain,
      costMinor: hidden.has(each.projectId) ? null : each.costMinor,
    })),
    figures: suppressed ? { gain: figures.gain, costMinor: null, roi: NOT_SHOWN } : figures,
    ratios: suppressed ? [] : roiRatios(recomputed),
    suppressed,
    events: events.filter(({ position }) => shown.has(position)).map(referenceOf),
    currency: agency.currency,
    asOf,
    knownAt: reader.position,
    formulaVersion: FORMULA_VERSION,
  };
};
