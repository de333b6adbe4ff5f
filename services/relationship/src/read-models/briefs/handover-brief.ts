import type { BriefScope, PersonStanding, ProjectStanding, StageProgress } from '@headroom/contracts/questions';
import { FORMULA_VERSION, type ResponseOf } from '@headroom/contracts/rest';
import type { getHandoverBrief } from '@headroom/contracts/rest/relationship';
import { localDate } from '@headroom/kernel';
import type { RowReader } from '@headroom/projecting';
import { clientLoyalty } from '../loyalty/client-loyalty.ts';
import { clientTable } from '../tables.ts';
import { contactHabits } from './contact-habits.ts';
import { notToPromise } from './not-to-promise.ts';
import { openMatters } from './open-matters.ts';
import type { BriefPorts } from './ports.ts';

export type HandoverBrief = ResponseOf<typeof getHandoverBrief>;

type People = ReadonlyMap<string, PersonStanding>;

const personOf = (specialistId: string, people: People): HandoverBrief['manager'] => {
  const known = people.get(specialistId);
  return { specialistId, name: known?.name ?? specialistId, lastDay: known?.deactivatedOn ?? null };
};

const stageOf = (stage: StageProgress, asOf: string): HandoverBrief['stages'][number] => {
  const { projectId: _, currency, contractRevenueMinor, headroomMinor, team: __, ...told } = stage;
  const { uncostedSeconds: ___, unapprovedSeconds: ____, ...shown } = told;
  return {
    ...shown,
    alerts: [...stage.alerts],
    overdue: stage.status !== 'closed' && stage.dueOn !== null && stage.dueOn < asOf,
    contractRevenue: { minor: contractRevenueMinor, currency },
    headroom: headroomMinor === null ? null : { minor: headroomMinor, currency },
  };
};

const tenuresOf = ({ managers }: ProjectStanding, people: People): HandoverBrief['managers'] =>
  managers.map(({ managerId, from }, index) => ({
    managerId,
    name: personOf(managerId, people).name,
    from,
    to: managers[index + 1]?.from ?? null,
  }));

const teamOf = (stages: readonly StageProgress[], people: People): HandoverBrief['team'] => {
  const seconds = new Map<string, number>();
  for (const member of stages.flatMap(({ team }) => team))
    seconds.set(member.specialistId, (seconds.get(member.specialistId) ?? 0) + member.seconds);
  return [...seconds]
    .sort(([one, longer], [other, shorter]) => shorter - longer || (one < other ? -1 : 1))
    .map(([id, worked]) => ({ ...personOf(id, people), role: people.get(id)?.role ?? '', seconds: worked }));
};

export interface AskHandoverBrief {
  readonly tenantId: string;
  readonly projectId: string;
  readonly asOf?: string | undefined;
  readonly instant: string;
  readonly seesRates: boolean;
  readonly lang: 'en' | 'ru';
}

const sum = <Item>(items: readonly Item[], of: (item: Item) => number): number =>
  items.reduce((total, item) => total + of(item), 0);

/** What a new manager of a project must know, as of a day; undefined when there is no such project. */
export const handoverBrief = async (
  { profitability, delivery }: BriefPorts,
  reader: RowReader,
  question: AskHandoverBrief,
): Promise<HandoverBrief | undefined> => {
  const { tenantId, projectId, instant, seesRates, lang } = question;
  const agency = await profitability.agency(reader, tenantId);
  if (agency === undefined) return undefined;
  const { timeZone } = agency;
  const asOf = question.asOf ?? localDate(instant, timeZone);
  const project = await delivery.project(reader, tenantId, projectId, asOf);
  const client = project && (await reader.get(clientTable, tenantId, project.clientId));
  if (project === undefined || client === undefined) return undefined;
  const { clientId, name, serviceType, openedOn, managerId, backupManagerId } = project;
  const scope: BriefScope & { readonly projectId: string } = { tenantId, clientId, projectId };
  const managedSince = project.managers.at(-1)?.from ?? openedOn;
  const [stages, known, matters, habits, standing] = await Promise.all([
    delivery.stages(reader, scope, { asOf, seesRates }),
    delivery.people(reader, tenantId),
    openMatters(reader, scope, asOf),
    contactHabits(reader, scope, { asOf, timeZone, managedSince }),
    clientLoyalty(profitability, reader, { tenantId, clientId, asOf, instant, seesRates }),
  ]);
  const people = new Map(known.map((each) => [each.specialistId, each]));
  const shown = stages.map((stage) => stageOf(stage, asOf));
  return {
    agencyName: agency.name,
    projectId,
    name,
    serviceType,
    openedOn,
    client: { clientId, name: client.name, since: client.since },
    manager: personOf(managerId, people),
    managedSince,
    backup: backupManagerId === null ? null : personOf(backupManagerId, people),
    managers: tenuresOf(project, people),
    relationship: { segment: standing?.segment ?? null, insufficientData: standing?.insufficientData ?? true },
    stages: shown,
    ...matters,
    habits,
    team: teamOf(stages, people),
    notToPromise: notToPromise({ ...matters, stages: shown }, lang),
    currency: agency.currency,
    revenueBasis: 'earned',
    quality: {
      uncostedSeconds: sum(stages, ({ uncostedSeconds }) => uncostedSeconds),
      unapprovedSeconds: sum(stages, ({ unapprovedSeconds }) => unapprovedSeconds),
    },
    suppressed: stages.some(({ suppressed }) => suppressed),
    asOf,
    knownAt: reader.position,
    formulaVersion: FORMULA_VERSION,
  };
};
