import type { BenefitQuestions, ClientStanding, StandingQuestions } from '@headroom/contracts/questions';
import { daysBetween } from '@headroom/kernel';
import type { RowReader } from '@headroom/projecting';
import { headroomMinor } from '../../formulas/stage-figures.ts';
import { convertedMinor } from '../../formulas/stage-state.ts';
import type { Configured } from '../stage-view.ts';
import { type ClientRow, clientTable } from '../tables.ts';
import { nextSaleOf, type StageOutlook } from './next-sale.ts';
import { type OpenStage, openStages } from './open-stages.ts';
import { closingOf, stageLine, type ViewQuestion } from './role-views.ts';

/** What sales asks of the other services. */
export interface SalesPorts {
  readonly standing: StandingQuestions<RowReader>;
  readonly benefit: BenefitQuestions<RowReader>;
}

export interface SalesQuestion extends Omit<ViewQuestion, 'projectId'> {
  readonly instant: string;
}

const QUIET_DAYS = 30;
const ALL = Number.MAX_SAFE_INTEGER;

const stageOf = (stage: OpenStage, question: ViewQuestion, knownAt: number) => {
  const { figures, common } = stageLine(stage, question, knownAt);
  return {
    ...common,
    contractRevenue: figures.contractRevenue,
    agreedExtra: figures.extraPayments,
    headroom: figures.headroom?.money ?? null,
  };
};

const outlookOf = ({ view: { figures, standard } }: OpenStage): StageOutlook => {
  const { contractRevenueMinor: revenue, estimateAtCompletionMinor: completion } = figures;
  if (revenue < completion) return 'losing-money';
  return standard !== null && headroomMinor(revenue, completion, standard) < 0 ? 'below-standard' : 'fine';
};

const paymentsOf = (
  payments: ClientStanding['extraPayments'],
  { settings: { currency }, exchangeRates }: Configured,
) => {
  const converted = payments.map(({ minor, proposedOn, answer, ...each }) => ({
    answer,
    minor: convertedMinor({ minor, currency: each.currency }, proposedOn, currency, exchangeRates),
  }));
  const counted = (answer: 'agreed' | 'declined' | null) => {
    const those = converted.filter((each) => each.answer === answer);
    const minor = those.reduce((sum, each) => sum + (each.minor ?? 0), 0);
    return { count: those.length, amount: { minor, currency } };
  };
  return {
    proposed: counted(null),
    agreed: counted('agreed'),
    declined: counted('declined'),
    unconverted: converted.filter(({ minor }) => minor === undefined).length,
  };
};

const estimatesOf = async ({ benefit }: SalesPorts, reader: RowReader, question: SalesQuestion, clientId: string) => {
  const shared = (await benefit.estimates(reader, question.tenantId, clientId)).filter(
    ({ sharedOn }) => sharedOn <= question.asOf,
  );
  const [newest] = shared;
  return {
    shared: shared.length,
    open: shared.filter(({ projectId }) => projectId === null).length,
    newest:
      newest === undefined ? null : { estimateId: newest.estimateId, title: newest.title, sharedOn: newest.sharedOn },
  };
};

const lineOf = async (
  ports: SalesPorts,
  reader: RowReader,
  question: SalesQuestion,
  { clientId, name }: ClientRow,
  stages: readonly OpenStage[],
) => {
  const { tenantId, asOf, instant, seesRates, agency } = question;
  const standing = await ports.standing.client(reader, { tenantId, clientId, asOf, instant, seesRates });
  const segment = standing?.segment ?? null;
  const lastContactOn = standing?.lastContactOn ?? null;
  const quietDays = lastContactOn === null ? null : daysBetween(lastContactOn, asOf);
  return {
    clientId,
    name,
    segment,
    nextSale: nextSaleOf(segment, stages.map(outlookOf)),
    lastContactOn,
    quietDays,
    quiet: quietDays === null || quietDays >= QUIET_DAYS,
    extraPayments: paymentsOf(standing?.extraPayments ?? [], agency),
    unaskedRequests: standing?.unaskedRequests ?? 0,
    estimates: await estimatesOf(ports, reader, question, clientId),
    stages: stages.map((stage) => stageOf(stage, question, reader.position)),
  };
};

const clientsOf = (reader: RowReader, { tenantId, clientId }: SalesQuestion): Promise<ClientRow[]> =>
  reader.list(clientTable, {
    where: [
      { column: 'tenantId', equals: tenantId },
      ...(clientId === undefined ? [] : [{ column: 'clientId', equals: clientId }]),
    ],
    orderBy: [{ column: 'clientId' }],
    limit: ALL,
  });

/** What sales asks: to whom more can be sold, what was offered, who has gone quiet; a page of clients by id. */
export const salesView = async (ports: SalesPorts, reader: RowReader, question: SalesQuestion) => {
  const { agency, clientId, limit, after } = question;
  const { currency } = agency.settings;
  const clients = await clientsOf(reader, question);
  const all = (await openStages(reader, question)).filter(
    ({ view: { row } }) => clientId === undefined || row.clientId === clientId,
  );
  const ofClient = Map.groupBy(all, ({ view: { row } }) => row.clientId);
  const rest = after === undefined ? clients : clients.filter((client) => client.clientId > after);
  const page = rest.slice(0, limit);
  const items = await Promise.all(
    page.map((client) => lineOf(ports, reader, question, client, ofClient.get(client.clientId) ?? [])),
  );
  const sum = (of: (stage: OpenStage) => number) => all.reduce((total, stage) => total + of(stage), 0);
  return {
    items,
    next: rest.length > limit ? (page.at(-1)?.clientId ?? null) : null,
    totals: {
      clients: clients.length,
      stages: all.length,
      seconds: sum(({ view }) => view.figures.seconds),
      openAlerts: sum(({ alerts }) => alerts.length),
      contractRevenue: { minor: sum(({ view }) => view.figures.contractRevenueMinor), currency },
    },
    suppressed: items.some(({ stages }) => stages.some(({ suppressed }) => suppressed)),
    ...closingOf(all, question, reader.position),
  };
};
