import type { CostMethod } from '@headroom/contracts/events';
import type { AgencySettings, ProfitabilityQuestions } from '@headroom/contracts/questions';
import { FORMULA_VERSION, type ResponseOf } from '@headroom/contracts/rest';
import type { listCostMeasureAdvice } from '@headroom/contracts/rest/relationship';
import type { OrderValue, RowReader } from '@headroom/projecting';
import type { Estimate } from '../../decisions/cost-measures/estimate.ts';
import { allEstimates, type Estimated, estimateWindow } from './estimates.ts';

type Answer = ResponseOf<typeof listCostMeasureAdvice>;
type Item = Answer['items'][number];

const texts: Readonly<Record<CostMethod, string>> = {
  'reduce-contact': 'Communicate less often: agree on fixed hours and one channel, and answer the rest together.',
  'mirror-client': 'Mirror the client: call and write no more than it does itself.',
  subcontract: 'Find a subcontractor for what is not your speciality, and keep the speciality.',
  'enforce-contract':
    'Read the contract and be principled: do no more rework, favours and requests out of scope unpaid.',
  'new-sale': 'Sell the client another stage: the attention that it takes is paid for already.',
};

const itemOf = ({ client, facts, tellsOneRate, running }: Estimated, estimate: Estimate, seesRates: boolean): Item => {
  const { method, monthlyMinor, missing, formula, inputs, tellsKinds } = estimate;
  const suppressed = !seesRates && (tellsOneRate || tellsKinds);
  return {
    clientId: client.clientId,
    name: client.name,
    method,
    monthlySaving: suppressed || monthlyMinor === null ? null : { minor: monthlyMinor, currency: facts.currency },
    text: texts[method],
    formula,
    inputs: inputs.filter(({ money }) => !suppressed || money === undefined),
    missing,
    running: running(method),
    suppressed,
  };
};

/** The largest saving first, what cannot be told or shown last; then by client and method. */
const placeOf = ({ monthlySaving, clientId, method }: Item): [OrderValue, string, string] => [
  monthlySaving?.minor ?? null,
  clientId,
  method,
];

const compareTexts = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

const compare = (one: readonly OrderValue[], other: readonly OrderValue[]): number => {
  const [mine, theirs] = [one[0] ?? null, other[0] ?? null];
  if (mine !== theirs) {
    if (mine === null || theirs === null) return mine === null ? 1 : -1;
    return Number(theirs) - Number(mine);
  }
  return compareTexts(String(one[1]), String(other[1])) || compareTexts(String(one[2]), String(other[2]));
};

export interface CostAdviceAsked {
  readonly tenantId: string;
  readonly agency: AgencySettings;
  readonly asOf: string;
  readonly seesRates: boolean;
  readonly clientId?: string | undefined;
  readonly method?: CostMethod | undefined;
  readonly limit: number;
  readonly after?: readonly OrderValue[] | undefined;
}

/** A page of what each method would save with each client. */
export const costMeasureAdvice = async (
  profitability: ProfitabilityQuestions<RowReader>,
  reader: RowReader,
  asked: CostAdviceAsked,
): Promise<Omit<Answer, 'nextCursor'> & { readonly next: readonly OrderValue[] | null }> => {
  const { agency, asOf, seesRates, clientId, method, limit, after } = asked;
  const everybody = await allEstimates(profitability, reader, asked);
  const estimated = everybody.filter(({ client }) => clientId === undefined || client.clientId === clientId);
  const items = estimated
    .flatMap((each) => each.estimates.map((estimate) => itemOf(each, estimate, seesRates)))
    .filter((item) => method === undefined || item.method === method)
    .sort((one, other) => compare(placeOf(one), placeOf(other)))
    .filter((item) => after === undefined || compare(placeOf(item), after) > 0);
  const page = items.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page,
    next: items.length > limit && last !== undefined ? placeOf(last) : null,
    window: estimateWindow(asOf),
    currency: agency.currency,
    revenueBasis: 'earned',
    quality: { uncostedSeconds: estimated.reduce((sum, { facts }) => sum + facts.effort.uncostedSeconds, 0) },
    asOf,
    knownAt: reader.position,
    formulaVersion: FORMULA_VERSION,
  };
};
