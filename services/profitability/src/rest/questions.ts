import { projectionNames } from '@headroom/contracts/questions';
import * as contract from '@headroom/contracts/rest/profitability';
import { type Bound, bindQuestion, type Caller, decodeCursor, type QuestionRequest } from '@headroom/http';
import { localDate } from '@headroom/kernel';
import { type ReadModels, Remembered, type RowReader } from '@headroom/projecting';
import type { RevenueBasis } from '../read-models/bases.ts';
import { listProjects, listStages } from '../read-models/directory.ts';
import type { AgencyStages } from '../read-models/in-mind/agency-stages.ts';
import { listInvoices } from '../read-models/invoices.ts';
import { levelProfitability } from '../read-models/level-profitability.ts';
import { asKnownAt } from '../read-models/part-of-log/open-part.ts';
import type { Scope } from '../read-models/part-of-log/rows-of-scope.ts';
import { getPortfolio } from '../read-models/portfolio/portfolio.ts';
import { quoteService } from '../read-models/quote/quote-service.ts';
import { answerSmallRequest } from '../read-models/small-request/answer.ts';
import { stageProfitabilityOf } from '../read-models/stage-profitability.ts';
import {
  type Configured,
  configured,
  dayOf,
  needsBillRates,
  tellsWithoutEntries,
  viewFromLedger,
  viewStage,
} from '../read-models/stage-view.ts';
import { billRatesTable, clientTable, projectTable, settingsTable, stageTable } from '../read-models/tables.ts';
import { listUncostedTime } from '../read-models/uncosted-time.ts';
import { listUnpricedTime } from '../read-models/unpriced-time.ts';
import { cursorOf } from './cursor.ts';

const projection = projectionNames.profitability;
const projections = [projection];

const absent = (what: string) => ({ kind: 'not-found' as const, what });

/** The stage as of the day asked for; undefined where there is no such stage. */
const askedStage = async (
  reader: RowReader,
  tenantId: string,
  { stageId, asOf, instant }: { readonly stageId: string; readonly asOf: string | undefined; readonly instant: string },
) => {
  const [row, agency] = await Promise.all([reader.get(stageTable, tenantId, stageId), configured(reader, tenantId)]);
  if (row === undefined || agency === undefined) return undefined;
  return { agency, view: await viewStage(reader, row, agency, dayOf(asOf, instant, agency)) };
};

const stageAnswers = new Remembered<ReturnType<typeof stageProfitabilityOf>>();

/**
 * The rows that a stage's figures are made of. Bill rates matter only to a stage that is billed by time, but asking for
 * them along with the others costs less than a second round trip.
 */
const hotRows = async (readModels: ReadModels, tenantId: string, stageId: string) => {
  const { rows, position } = await readModels.rows(
    projection,
    { table: stageTable, key: [tenantId, stageId] },
    { table: settingsTable, key: [tenantId] },
    { table: billRatesTable, key: [tenantId] },
  );
  const [stage, settings, bills] = rows;
  return { stage, settings, bills: stage !== undefined && needsBillRates(stage) ? bills : undefined, position };
};

/** The stage's figures out of rows that are read together with those of other requests; undefined when that cannot be. */
const hotStageProfitability = async (
  readModels: ReadModels,
  { tenantId, seesRates }: { readonly tenantId: string; readonly seesRates: boolean },
  {
    stageId,
    asOf,
    basis,
    instant,
  }: {
    readonly stageId: string;
    readonly asOf: string | undefined;
    readonly basis: RevenueBasis;
    readonly instant: string;
  },
) => {
  const { stage, settings, bills, position } = await hotRows(readModels, tenantId, stageId);
  if (stage === undefined || settings?.settings == null) return undefined;
  const agency = settings as Configured;
  const day = dayOf(asOf, instant, agency);
  if (!tellsWithoutEntries(stage, day)) return undefined;
  const made: [object, ...object[]] = bills === undefined ? [stage, settings] : [stage, settings, bills];
  return stageAnswers.of(made, `${day} ${basis} ${seesRates}`, position, () => {
    const view = viewFromLedger(stage, agency, day, bills);
    return stageProfitabilityOf(view, { seesRates, basis, knownAt: position });
  });
};

const stageFigures = async (
  { caller, params, query, instant }: QuestionRequest<typeof contract.getStageProfitability>,
  reader: RowReader,
) => {
  const asked = await askedStage(reader, caller.tenantId, { ...params, asOf: query.asOf, instant });
  if (asked === undefined) return absent('stage');
  const body = stageProfitabilityOf(asked.view, { ...caller, basis: query.revenueBasis, knownAt: reader.position });
  return { kind: 'answer' as const, body };
};

const projectFigures =
  (inMind: AgencyStages) =>
  async (
    { caller, params: { projectId }, query, instant }: QuestionRequest<typeof contract.getProjectProfitability>,
    reader: RowReader,
  ) => {
    const { tenantId, seesRates } = caller;
    const project = await reader.get(projectTable, tenantId, projectId);
    const agency = await configured(reader, tenantId);
    if (project === undefined || agency === undefined) return absent('project');
    const asOf = dayOf(query.asOf, instant, agency);
    const question = { tenantId, agency, asOf, seesRates, basis: query.revenueBasis };
    const level = await levelProfitability(inMind, reader, { projectId }, question);
    const body = { projectId, clientId: project.clientId, name: project.name, ...level };
    return { kind: 'answer' as const, body };
  };

const clientFigures =
  (inMind: AgencyStages) =>
  async (
    { caller, params: { clientId }, query, instant }: QuestionRequest<typeof contract.getClientProfitability>,
    reader: RowReader,
  ) => {
    const { tenantId, seesRates } = caller;
    const agency = await configured(reader, tenantId);
    const client = await reader.get(clientTable, tenantId, clientId);
    if (client === undefined || agency === undefined) return absent('client');
    const asOf = dayOf(query.asOf, instant, agency);
    const question = { tenantId, agency, asOf, seesRates, basis: query.revenueBasis };
    const level = await levelProfitability(inMind, reader, { clientId }, question);
    return { kind: 'answer' as const, body: { clientId, ...level } };
  };

interface AskedOfScope {
  readonly caller: Caller;
  readonly params: Scope;
}

/** The same answer from the part of the log that concerns what is asked about. */
const pastOf =
  <Request extends AskedOfScope, Answer>(answer: (request: Request, reader: RowReader) => Promise<Answer>) =>
  (request: Request, position: number, readModels: ReadModels): Promise<Answer | undefined> =>
    asKnownAt(readModels, { tenantId: request.caller.tenantId, scope: request.params, position }, (reader) =>
      answer(request, reader),
    );

/** The questions of the profitability service, tied to their contracts. */
export const profitabilityQuestionsBound = (inMind: AgencyStages): Bound[] => [
  bindQuestion(contract.getStageProfitability, {
    projections,
    hot: async ({ caller, params, query, instant }, readModels) => {
      const body = await hotStageProfitability(readModels, caller, {
        ...params,
        asOf: query.asOf,
        basis: query.revenueBasis,
        instant,
      });
      return body && { kind: 'answer', body, lasting: true };
    },
    past: pastOf(stageFigures),
    answer: stageFigures,
  }),

  bindQuestion(contract.getProjectProfitability, {
    projections,
    past: pastOf(projectFigures(inMind)),
    answer: projectFigures(inMind),
  }),

  bindQuestion(contract.getClientProfitability, {
    projections,
    past: pastOf(clientFigures(inMind)),
    answer: clientFigures(inMind),
  }),

  bindQuestion(contract.answerSmallRequest, {
    projections,
    answer: async ({ caller: { tenantId, seesRates }, params, query, instant }, reader) => {
      const asked = await askedStage(reader, tenantId, { ...params, asOf: query.asOf, instant });
      if (asked === undefined) return absent('stage');
      const { agency, view } = asked;
      const request = { tenantId, seesRates, ...query, language: query.lang };
      const body = await answerSmallRequest(reader, agency, view, request);
      return typeof body === 'string' ? { kind: 'refused', code: body } : { kind: 'answer', body };
    },
  }),

  bindQuestion(contract.quoteService, {
    projections,
    answer: async ({ caller: { tenantId }, params: { clientId }, query, instant }, reader) => {
      const agency = await configured(reader, tenantId);
      if (agency === undefined) return { kind: 'refused', code: 'agency-not-configured' };
      if ((await reader.get(clientTable, tenantId, clientId)) === undefined) return absent('client');
      const asOf = dayOf(query.asOf, instant, agency);
      const body = await quoteService(reader, agency, { tenantId, clientId, ...query, asOf });
      return typeof body === 'string' ? { kind: 'refused', code: body } : { kind: 'answer', body };
    },
  }),

  bindQuestion(contract.getPortfolio, {
    projections,
    answer: async ({ caller: { tenantId, seesRates }, params, query, instant }, reader) => {
      const agency = await configured(reader, tenantId);
      if (agency === undefined) return { kind: 'refused', code: 'agency-not-configured' };
      const after = decodeCursor(contract.getPortfolio, { params, query });
      const asOf = dayOf(query.asOf, instant, agency);
      const answered = await getPortfolio(reader, agency, inMind, { ...query, asOf, seesRates, after });
      if (typeof answered === 'string') return { kind: 'refused', code: answered };
      const nextCursor = cursorOf(contract.getPortfolio, { params, query }, answered.next);
      return { kind: 'answer', body: { ...answered.body, nextCursor } };
    },
  }),

  bindQuestion(contract.listInvoices, {
    projections,
    answer: async ({ caller: { tenantId }, params, query }, reader) => {
      const after = decodeCursor(contract.listInvoices, { params, query });
      const { items, next } = await listInvoices(reader, tenantId, { ...query, after });
      const nextCursor = cursorOf(contract.listInvoices, { params, query }, next);
      return { kind: 'answer', body: { items, nextCursor, knownAt: reader.position } };
    },
  }),

  bindQuestion(contract.listUnpricedTime, {
    projections,
    answer: async ({ caller: { tenantId }, params, query }, reader) => {
      const agency = await configured(reader, tenantId);
      if (agency === undefined) return { kind: 'refused', code: 'agency-not-configured' };
      const after = decodeCursor(contract.listUnpricedTime, { params, query });
      const { items, next } = await listUnpricedTime(reader, agency, inMind, { limit: query.limit, after });
      const nextCursor = cursorOf(contract.listUnpricedTime, { params, query }, next);
      return { kind: 'answer', body: { items, nextCursor, knownAt: reader.position } };
    },
  }),

  bindQuestion(contract.listUncostedTime, {
    projections,
    answer: async ({ caller: { tenantId }, params, query }, reader) => {
      const after = decodeCursor(contract.listUncostedTime, { params, query });
      const { items, next } = await listUncostedTime(reader, tenantId, { limit: query.limit, after });
      const nextCursor = cursorOf(contract.listUncostedTime, { params, query }, next);
      return { kind: 'answer', body: { items, nextCursor, knownAt: reader.position } };
    },
  }),

  bindQuestion(contract.listProjects, {
    projections,
    answer: async ({ caller: { tenantId }, params, query, instant }, reader) => {
      const after = decodeCursor(contract.listProjects, { params, query });
      const agency = await configured(reader, tenantId);
      const day = query.asOf ?? localDate(instant, agency?.settings.timeZone ?? 'UTC');
      const { items, next } = await listProjects(reader, tenantId, { ...query, after, day });
      const nextCursor = cursorOf(contract.listProjects, { params, query }, next);
      return { kind: 'answer', body: { items, nextCursor, knownAt: reader.position } };
    },
  }),

  bindQuestion(contract.listStages, {
    projections,
    answer: async ({ caller: { tenantId }, params, query }, reader) => {
      const after = decodeCursor(contract.listStages, { params, query });
      const { items, next } = await listStages(reader, tenantId, { ...query, after });
      const nextCursor = cursorOf(contract.listStages, { params, query }, next);
      return { kind: 'answer', body: { items, nextCursor, knownAt: reader.position } };
    },
  }),
];
