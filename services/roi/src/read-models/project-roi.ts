import type { ProfitabilityQuestions } from '@headroom/contracts/questions';
import { FORMULA_VERSION, type ResponseOf } from '@headroom/contracts/rest';
import type { getProjectRoi, getServiceTypeRoi } from '@headroom/contracts/rest/roi';
import { localDate } from '@headroom/kernel';
import type { RowReader } from '@headroom/projecting';
import { type CalculatedProject, calculateProjects } from '../decisions/roi/client-figures.ts';
import { addProjects, outcomeOf, withinRange } from '../decisions/roi/outcome.ts';
import { clientCalculation } from './client-calculation.ts';
import { projectsTellingOneRate } from './rate-privacy.ts';
import { loadAll } from './roi-facts.ts';
import { shownOutcome } from './shown-outcome.ts';
import { clientTable, projectTable } from './tables.ts';

interface Ask {
  readonly tenantId: string;
  readonly asOf?: string | undefined;
  readonly instant: string;
  readonly seesRates: boolean;
}

type Profitability = ProfitabilityQuestions<RowReader>;

/** What a client earned from one project. */
export const projectRoi = async (
  profitability: Profitability,
  reader: RowReader,
  { tenantId, projectId, asOf: asked, instant, seesRates }: Ask & { readonly projectId: string },
): Promise<ResponseOf<typeof getProjectRoi> | 'not-found' | 'beyond-range'> => {
  const row = await reader.get(projectTable, tenantId, projectId);
  const client = row && (await reader.get(clientTable, tenantId, row.clientId));
  const agency = await profitability.agency(reader, tenantId);
  if (row === undefined || client === undefined || agency === undefined) return 'not-found';
  const { currency, timeZone } = agency;
  const asOf = asked ?? localDate(instant, timeZone);
  const { projects } = await clientCalculation(profitability, reader, client, asOf);
  const project = projects.find((each) => each.projectId === projectId);
  const outcome = outcomeOf(project?.months ?? []);
  if (!withinRange(outcome)) return 'beyond-range';
  const { clientId, name, serviceType } = row;
  const suppressed =
    !seesRates && (await projectsTellingOneRate(profitability, reader, tenantId, clientId, asOf)).has(projectId);
  return {
    projectId,
    clientId,
    name,
    serviceType,
    currency,
    forms: [...(project?.forms ?? [])],
    ...shownOutcome(outcome, currency, suppressed),
    suppressed,
    revenueBasis: 'earned',
    quality: { uncostedSeconds: project?.uncostedSeconds ?? 0 },
    asOf,
    knownAt: reader.position,
    formulaVersion: FORMULA_VERSION,
  };
};

interface Served {
  readonly clientId: string;
  readonly project: CalculatedProject;
}

const served = async (
  profitability: Profitability,
  reader: RowReader,
  tenantId: string,
  asOf: string,
): Promise<Served[]> => {
  const rows = await reader.where(projectTable, 'byClient', [tenantId]);
  const loaded = await loadAll(profitability, reader, tenantId, rows, asOf);
  const ofClient = Map.groupBy(loaded, (_, index) => rows[index]?.clientId ?? '');
  const all: Served[] = [];
  for (const client of await reader.list(clientTable, {
    where: [{ column: 'tenantId', equals: tenantId }],
    orderBy: [],
  })) {
    const { clientId } = client;
    const projects = calculateProjects(ofClient.get(clientId) ?? [], client, asOf);
    all.push(...projects.map((project) => ({ clientId, project })));
  }
  return all;
};

const isKnown = ({ project }: Served): boolean => project.months.some(({ gain }) => gain !== null);

/** Whether what clients paid for some projects would tell one person's rate. */
const tellsOneRate = async (
  profitability: Profitability,
  reader: RowReader,
  tenantId: string,
  clients: ReadonlySet<string>,
  asOf: string,
): Promise<boolean> => {
  for (const clientId of clients)
    if ((await projectsTellingOneRate(profitability, reader, tenantId, clientId, asOf)).size > 0) return true;
  return false;
};

/** What clients earned from each kind of service. */
export const serviceTypeRoi = async (
  profitability: Profitability,
  reader: RowReader,
  { tenantId, serviceType, asOf: asked, instant, seesRates }: Ask & { readonly serviceType?: string | undefined },
): Promise<ResponseOf<typeof getServiceTypeRoi> | 'agency-not-configured' | 'beyond-range'> => {
  const agency = await profitability.agency(reader, tenantId);
  if (agency === undefined) return 'agency-not-configured';
  const { currency, timeZone } = agency;
  const asOf = asked ?? localDate(instant, timeZone);
  const all = (await served(profitability, reader, tenantId, asOf)).filter(
    ({ project }) => serviceType === undefined || project.serviceType === serviceType,
  );
  const types = [...new Set(all.map(({ project }) => project.serviceType))].sort();
  const groups = types.map((type) => {
    const those = all.filter(({ project }) => project.serviceType === type);
    const known = those.filter(isKnown);
    return { type, those, known, outcome: outcomeOf(addProjects(known.map(({ project }) => project.months))) };
  });
  if (!groups.every(({ outcome }) => withinRange(outcome))) return 'beyond-range';
  const clients = new Set(groups.flatMap(({ known }) => known.map(({ clientId }) => clientId)));
  const suppressed = !seesRates && (await tellsOneRate(profitability, reader, tenantId, clients, asOf));
  return {
    currency,
    items: groups.map(({ type, those, known, outcome }) => ({
      serviceType: type,
      projects: known.length,
      projectsUnknown: those.length - known.length,
      clients: new Set(known.map(({ clientId }) => clientId)).size,
      ...shownOutcome(outcome, currency, suppressed),
    })),
    suppressed,
    revenueBasis: 'earned',
    quality: { uncostedSeconds: all.reduce((sum, { project }) => sum + project.uncostedSeconds, 0) },
    asOf,
    knownAt: reader.position,
    formulaVersion: FORMULA_VERSION,
  };
};
