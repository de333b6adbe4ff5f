import type { AgencySettings, OpenStageForecast, ProfitabilityQuestions } from '@headroom/contracts/questions';
import { FORMULA_VERSION, type ResponseOf } from '@headroom/contracts/rest';
import type { listExtraPaymentAdvice } from '@headroom/contracts/rest/relationship';
import { millionths } from '@headroom/money';
import type { OrderValue, RowReader } from '@headroom/projecting';
import { missingMinor } from '../decisions/extra-payment-advice/advise.ts';
import type { Language } from '../decisions/extra-payment-advice/texts.ts';
import { adviceFacts } from './advice-facts.ts';
import { hiddenFrom } from './extra-payment-advice.ts';
import { shownAdvice } from './shown-advice.ts';

type Answer = ResponseOf<typeof listExtraPaymentAdvice>;
type Item = Answer['items'][number];
type Questions = ProfitabilityQuestions<RowReader>;

export interface WorklistAsked {
  readonly tenantId: string;
  readonly agency: AgencySettings;
  readonly asOf: string;
  readonly seesRates: boolean;
  readonly language: Language;
  readonly verdict?: 'ask-now' | 'wait' | undefined;
  readonly clientId?: string | undefined;
  readonly sort: 'amount' | 'urgency';
  readonly limit: number;
  readonly after?: readonly OrderValue[] | undefined;
}

interface Candidate {
  readonly stage: OpenStageForecast;
  readonly amountMinor: number;
  /** Its figures may not be shown to the caller. */
  readonly hidden: boolean;
}

/** What a stage is ordered by, the highest first; null, which comes last, where it may not be shown. */
const rankOf = ({ stage, amountMinor, hidden }: Candidate, sort: WorklistAsked['sort']): number | null => {
  if (hidden) return null;
  return sort === 'amount' ? amountMinor : Number(millionths(stage.costShare ?? '0'));
};

const placeOf = (candidate: Candidate, sort: WorklistAsked['sort']): [OrderValue, string] => [
  rankOf(candidate, sort),
  candidate.stage.stageId,
];

const compare = (one: readonly OrderValue[], other: readonly OrderValue[]): number => {
  const [mine, theirs] = [one[0] ?? null, other[0] ?? null];
  if (mine !== theirs) {
    if (mine === null || theirs === null) return mine === null ? 1 : -1;
    return Number(theirs) - Number(mine);
  }
  return String(one[1]) < String(other[1]) ? -1 : String(one[1]) > String(other[1]) ? 1 : 0;
};

/** Stages under way that head for less than their standard. */
const candidatesOf = async (
  profitability: Questions,
  reader: RowReader,
  { tenantId, asOf, seesRates, clientId }: WorklistAsked,
): Promise<Candidate[]> => {
  const stages = await profitability.openStages(reader, tenantId, asOf);
  return stages
    .filter((stage) => clientId === undefined || stage.clientId === clientId)
    .map((stage) => ({
      stage,
      amountMinor: missingMinor(stage) ?? 0,
      hidden: !seesRates && stage.costedPeople === 1,
    }))
    .filter(({ amountMinor }) => amountMinor > 0);
};

const itemOf = async (
  profitability: Questions,
  reader: RowReader,
  { stage }: Candidate,
  { tenantId, agency, asOf, seesRates, language }: WorklistAsked,
): Promise<{ readonly item: Item; readonly uncostedSeconds: number }> => {
  const asked = { asOf, currency: agency.currency };
  const { facts, uncostedSeconds } = await adviceFacts(profitability, reader, tenantId, stage, asked);
  const hidden = await hiddenFrom(profitability, reader, { tenantId, seesRates }, stage, asOf);
  const { stageId, name, projectId, clientId, ...told } = shownAdvice(facts, hidden, { asOf, language });
  const { verdict, reasons, amount, forecastMargin, standardMargin, risk, say, suppressed } = told;
  const item: Item = {
    stageId,
    name,
    projectId,
    clientId,
    verdict,
    reasons,
    amount,
    forecastMargin,
    standardMargin,
    costShare: hidden.stage ? null : stage.costShare,
    breakEvenProbability: risk.breakEvenProbability,
    losingCostsNothing: risk.losingCostsNothing,
    unplannedPieces: facts.unplanned.length,
    requests: facts.requests.length,
    pendingProposals: facts.pending.length,
    say,
    suppressed,
  };
  return { item, uncostedSeconds };
};

const totalOf = (candidates: readonly Candidate[], currency: string): Answer['total'] =>
  candidates.some(({ hidden }) => hidden)
    ? null
    : { minor: candidates.reduce((sum, { amountMinor }) => sum + amountMinor, 0), currency };

/**
 * A page of stages for which there is something to ask for. Evidence is read for those alone that are shown, and for as
 * many more as a filter by verdict passes over.
 */
export const extraPaymentWorklist = async (
  profitability: Questions,
  reader: RowReader,
  asked: WorklistAsked,
): Promise<Omit<Answer, 'nextCursor'> & { readonly next: readonly OrderValue[] | null }> => {
  const { agency, asOf, sort, limit, after, verdict, language } = asked;
  const candidates = await candidatesOf(profitability, reader, asked);
  const ordered = candidates
    .toSorted((one, other) => compare(placeOf(one, sort), placeOf(other, sort)))
    .filter((candidate) => after === undefined || compare(placeOf(candidate, sort), after) > 0);
  const items: Item[] = [];
  let uncostedSeconds = 0;
  let next: readonly OrderValue[] | null = null;
  let last: Candidate | undefined;
  for (const candidate of ordered) {
    const found = await itemOf(profitability, reader, candidate, asked);
    if (verdict !== undefined && found.item.verdict !== verdict) continue;
    if (items.length === limit) {
      next = last === undefined ? null : placeOf(last, sort);
      break;
    }
    items.push(found.item);
    uncostedSeconds += found.uncostedSeconds;
    last = candidate;
  }
  return {
    items,
    next,
    stages: candidates.length,
    total: totalOf(candidates, agency.currency),
    currency: agency.currency,
    language,
    revenueBasis: 'earned',
    quality: { uncostedSeconds },
    asOf,
    knownAt: reader.position,
    formulaVersion: FORMULA_VERSION,
  };
};
