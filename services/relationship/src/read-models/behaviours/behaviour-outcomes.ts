import type { Behaviour } from '@headroom/contracts/events';
import type { ProfitabilityQuestions } from '@headroom/contracts/questions';
import { FORMULA_VERSION, type ResponseOf } from '@headroom/contracts/rest';
import type { getBehaviourOutcomes } from '@headroom/contracts/rest/relationship';
import { localDate } from '@headroom/kernel';
import { ratioOf } from '@headroom/money';
import type { RowReader } from '@headroom/projecting';
import { PROFIT_MONTHS, trailingMonths } from '../../decisions/loyalty/windows.ts';
import { disputeTable } from '../disputes/tables.ts';
import { extraPaymentTable } from '../extra-payments/tables.ts';
import { equalTo } from '../page-of.ts';
import { tellsOneRate } from '../rate-privacy.ts';
import { type DecidedBehaviour, type RequestRow, requestTable } from '../requests/tables.ts';
import { Forecasts } from './margins.ts';
import { decisionOn, resultBy, secondsFor } from './past-decisions.ts';

type Report = ResponseOf<typeof getBehaviourOutcomes>;
type Outcome = Report['items'][number];

export interface AskOutcomes {
  readonly tenantId: string;
  readonly clientId?: string | undefined;
  readonly behaviour?: Behaviour | undefined;
  readonly from?: string | undefined;
  readonly asOf?: string | undefined;
  readonly instant: string;
  readonly seesRates: boolean;
}

interface Decided {
  readonly row: RequestRow;
  readonly decision: DecidedBehaviour;
}

interface Asking {
  readonly profitability: ProfitabilityQuestions<RowReader>;
  readonly reader: RowReader;
  readonly tenantId: string;
  readonly currency: string;
  readonly asOf: string;
  readonly seesRates: boolean;
  readonly forecasts: Forecasts;
}

const BEHAVIOURS: readonly Behaviour[] = ['do-all', 'delegate', 'teach', 'dissuade'];

const decidedIn = async (
  reader: RowReader,
  { tenantId, clientId, behaviour }: AskOutcomes,
  { from, asOf }: { readonly from: string; readonly asOf: string },
): Promise<Decided[]> => {
  const rows = await reader.list(requestTable, {
    where: [...equalTo({ tenantId, clientId }), { column: 'behaviour', in: BEHAVIOURS }],
    orderBy: [{ column: 'clientId' }],
    limit: Number.MAX_SAFE_INTEGER,
  });
  return rows.flatMap((row) => {
    const decision = decisionOn(row, asOf);
    if (decision === undefined || decision.decidedOn < from) return [];
    return behaviour === undefined || behaviour === decision.behaviour ? [{ row, decision }] : [];
  });
};

/** Margin over stages, each on its day: never a mean of percentages. */
const marginOver = async (forecasts: Forecasts, days: ReadonlyMap<string, string>): Promise<string | null> => {
  const found = await Promise.all([...days].map(([stageId, day]) => forecasts.on(stageId, day)));
  const known = found.filter((stage) => stage !== undefined);
  const revenue = known.reduce((sum, { revenueMinor }) => sum + revenueMinor, 0);
  const cost = known.reduce((sum, { estimateAtCompletionMinor }) => sum + estimateAtCompletionMinor, 0);
  return ratioOf(revenue - cost, revenue);
};

/** The stages of the requests, each with the day of the first decision on it. */
const firstDays = (decided: readonly Decided[]): Map<string, string> => {
  const days = new Map<string, string>();
  for (const { row, decision } of decided) {
    if (row.heldStageId === null) continue;
    const known = days.get(row.heldStageId);
    if (known === undefined || decision.decidedOn < known) days.set(row.heldStageId, decision.decidedOn);
  }
  return days;
};

const disputedRequests = async ({ reader, tenantId, asOf }: Asking, clientId: string): Promise<Set<string>> => {
  const rows = await reader.where(disputeTable, 'byClient', [tenantId, clientId]);
  return new Set(rows.filter(({ disputedOn }) => disputedOn <= asOf).map(({ requestId }) => requestId));
};

const agreedFor = async (asking: Asking, clientId: string, requestIds: ReadonlySet<string>): Promise<number> => {
  const rows = await asking.reader.where(extraPaymentTable, 'byClient', [asking.tenantId, clientId]);
  return rows
    .filter(({ requestId, status, currency }) => {
      const counts = requestId !== null && requestIds.has(requestId);
      return counts && status === 'agreed' && currency === asking.currency;
    })
    .filter(({ answeredOn }) => answeredOn !== null && answeredOn <= asking.asOf)
    .reduce((sum, { agreedMinor }) => sum + (agreedMinor ?? 0), 0);
};

const outcomeOf = async (
  asking: Asking,
  clientId: string,
  behaviour: Behaviour,
  decided: readonly Decided[],
): Promise<Outcome> => {
  const { profitability, reader, tenantId, currency, asOf, seesRates, forecasts } = asking;
  const hides = !seesRates && (await tellsOneRate(profitability, reader, tenantId, clientId, asOf));
  const results = decided.map(({ row }) => resultBy(row, asOf));
  const requestIds = new Set(decided.map(({ row }) => row.requestId));
  const disputed = await disputedRequests(asking, clientId);
  const seconds = await Promise.all(decided.map(({ row }) => secondsFor(reader, row)));
  const then = firstDays(decided);
  const now = new Map([...then.keys()].map((stageId) => [stageId, asOf]));
  const advised = decided.filter(({ decision }) => decision.advised !== null);
  const followed = advised.filter(({ decision }) => decision.advised === behaviour).length;
  return {
    clientId,
    behaviour,
    decisions: decided.length,
    asAdvised: followed,
    againstAdvice: advised.length - followed,
    done: results.filter((result) => result === 'done').length,
    dropped: results.filter((result) => result === 'dropped').length,
    disputed: [...requestIds].filter((requestId) => disputed.has(requestId)).length,
    seconds: seconds.reduce((sum, each) => sum + each, 0),
    agreed: { minor: await agreedFor(asking, clientId, requestIds), currency },
    marginThen: hides ? null : await marginOver(forecasts, then),
    marginAfter: hides ? null : await marginOver(forecasts, now),
    suppressed: hides,
  };
};

/** What came of each behaviour towards each client; undefined as long as the agency is not configured. */
export const behaviourOutcomes = async (
  profitability: ProfitabilityQuestions<RowReader>,
  reader: RowReader,
  question: AskOutcomes,
): Promise<Report | undefined> => {
  const { tenantId, instant, seesRates } = question;
  const agency = await profitability.agency(reader, tenantId);
  if (agency === undefined) return undefined;
  const asOf = question.asOf ?? localDate(instant, agency.timeZone);
  const from = question.from ?? trailingMonths(asOf, PROFIT_MONTHS).from;
  const decided = await decidedIn(reader, question, { from, asOf });
  const forecasts = new Forecasts(profitability, reader, tenantId);
  const asking = { profitability, reader, tenantId, currency: agency.currency, asOf, seesRates, forecasts };
  const groups = Map.groupBy(decided, ({ row, decision }) => JSON.stringify([row.clientId, decision.behaviour]));
  const items: Outcome[] = [];
  for (const [name, group] of [...groups].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const [clientId, behaviour] = JSON.parse(name) as [string, Behaviour];
    items.push(await outcomeOf(asking, clientId, behaviour, group));
  }
  const [figures] = await profitability.agencyUpTo(reader, tenantId, [asOf]);
  return {
    items,
    from,
    revenueBasis: 'earned',
    quality: { uncostedSeconds: figures?.uncostedSeconds ?? 0 },
    asOf,
    knownAt: reader.position,
    formulaVersion: FORMULA_VERSION,
  };
};
