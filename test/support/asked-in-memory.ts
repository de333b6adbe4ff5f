import { type Question, type ResponseOf, roles } from '@headroom/contracts/rest';
import * as contract from '@headroom/contracts/rest/profitability';
import { describedOperations, projections } from '@headroom/host/operations';
import type { Bound } from '@headroom/http';
import { foldInMemory } from '@headroom/projecting';
import { newEvents, type PublishedEvent } from './histories.ts';
import { STAGES } from './history-steps.ts';

const TENANT = 'northlight';
const RECORDED_AT = '2026-03-20T12:00:00.000Z';

/** Asks a question as an owner would; `texts` are its parameters and its query, as they stand in an address. */
export type Ask = <O extends Question>(
  operation: O,
  texts?: Readonly<Record<string, string>>,
) => Promise<ResponseOf<O>>;

const boundTo = (operation: Question): Extract<Bound, { readonly answer: unknown }> => {
  const bound = describedOperations().find((each) => each.operation.operationId === operation.operationId);
  if (bound === undefined || !('answer' in bound)) throw new Error(`${operation.operationId} is no question`);
  return bound;
};

/** The questions of the API over a log that is folded in memory: no database, no server, the same answers. */
export const askedInMemory = async (events: readonly PublishedEvent[]): Promise<Ask> => {
  const stored = newEvents(events, TENANT).map((event, index) => ({
    ...structuredClone(event),
    position: index + 1,
    streamId: `history-${TENANT}`,
    revision: index,
    recordedAt: RECORDED_AT,
  }));
  const reader = (await foldInMemory(projections, stored)).reader();
  return async (operation, texts = {}) => {
    const names = Object.keys(operation.params.shape);
    const params = Object.fromEntries(names.map((name) => [name, texts[name]]));
    const query = Object.fromEntries(Object.entries(texts).filter(([name]) => !names.includes(name)));
    const request = {
      params: operation.params.parse(params),
      query: operation.query.parse(query),
      caller: { tenantId: TENANT, actor: 'key:owner', permissions: new Set(roles.owner), seesRates: true },
      instant: RECORDED_AT,
    };
    const reply = await boundTo(operation).answer(request, reader);
    if (reply.kind !== 'answer') throw new Error(`${operation.operationId}: ${JSON.stringify(reply)}`);
    return operation.response.parse(reply.body) as ResponseOf<typeof operation>;
  };
};

export const PROJECTS = ['landing', 'site-care'];
export const CLIENTS = ['butovo-bricks', 'flora'];
export const GROUPINGS = ['month', 'client', 'manager', 'service-type'];
const ALL_MONTHS = { from: '2025-01', to: '2027-01', limit: '200' };

/** The figures of every level as of a day, on one basis. */
export const everyLevel = async (ask: Ask, asOf: string, revenueBasis = 'earned') => {
  const axes = { asOf, revenueBasis };
  return {
    stages: await Promise.all(STAGES.map((stageId) => ask(contract.getStageProfitability, { stageId, ...axes }))),
    projects: await Promise.all(
      PROJECTS.map((projectId) => ask(contract.getProjectProfitability, { projectId, ...axes })),
    ),
    clients: await Promise.all(CLIENTS.map((clientId) => ask(contract.getClientProfitability, { clientId, ...axes }))),
    portfolios: await Promise.all(
      GROUPINGS.map((groupBy) => ask(contract.getPortfolio, { groupBy, ...ALL_MONTHS, ...axes })),
    ),
  };
};

/** Figures as a text that is the same where they are: `knownAt` says only how long the log is. */
export const written = (figures: unknown, leavingOut: readonly string[] = []): string =>
  JSON.stringify(figures, (name, value) => (name === 'knownAt' || leavingOut.includes(name) ? undefined : value), 1);

/** Where two texts first differ, for whoever has to find out why. */
export const difference = (one: string, other: string): string | undefined => {
  if (one === other) return undefined;
  const [left, right] = [one.split('\n'), other.split('\n')];
  const line = left.findIndex((text, index) => text !== right[index]);
  const from = Math.max(0, line - 4);
  return `${left.slice(from, line + 2).join('\n')}\n<>\n${right.slice(from, line + 2).join('\n')}`;
};
