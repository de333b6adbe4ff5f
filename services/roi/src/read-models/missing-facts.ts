import type { ProfitabilityQuestions } from '@headroom/contracts/questions';
import { FORMULA_VERSION, type ResponseOf } from '@headroom/contracts/rest';
import type { listBusinessFacts, listMissingFacts } from '@headroom/contracts/rest/roi';
import { localDate } from '@headroom/kernel';
import { formatMoney, ratioOf } from '@headroom/money';
import type { RowReader } from '@headroom/projecting';
import type { CalculatedProject } from '../decisions/roi/client-figures.ts';
import { factNames } from '../decisions/roi/facts.ts';
import { type Missing, missingOf, writtenFacts } from '../decisions/roi/missing.ts';
import { type Narrowing, narrowings } from '../decisions/roi/narrowing.ts';
import { addProjects, outcomeOf, withinRange } from '../decisions/roi/outcome.ts';
import { type Language, questionFor, whyNarrower, whyUnknown } from '../decisions/roi/questions-for-client.ts';
import { clientCalculation } from './client-calculation.ts';
import type { AskClientRoi } from './client-roi.ts';
import { projectsTellingOneRate } from './rate-privacy.ts';
import { clientTable } from './tables.ts';

type Answer = ResponseOf<typeof listMissingFacts>;
type Item = Omit<Answer['items'][number], 'rank'>;

const unknown = ({ fact, projectId, months, ask }: Missing, language: Language): Item => ({
  fact,
  projectId,
  why: 'unknown',
  months: [...months],
  rangeNow: null,
  rangeIfKnown: null,
  narrowing: null,
  roiNarrowing: null,
  ask,
  explanation: whyUnknown(language, months.length),
});

/** Nothing can be calculated without a project, a baseline or any count; then by the months that wait. */
const mostBlockingFirst = (one: Missing, other: Missing): number => {
  const blocked = ({ months }: Missing) => (months.length === 0 ? Number.POSITIVE_INFINITY : months.length);
  const [left, right] = [blocked(one), blocked(other)];
  return left === right ? 0 : right - left;
};

const doubted = (each: Narrowing, cost: bigint | null, currency: string, language: Language): Item => {
  const money = (minor: bigint) => ({ minor: Number(minor), currency });
  const text = (minor: bigint) => formatMoney(Number(minor), currency, language);
  return {
    fact: writtenFacts[each.fact],
    projectId: null,
    why: each.doubt,
    months: [],
    rangeNow: money(each.rangeNow),
    rangeIfKnown: money(each.rangeIfKnown),
    narrowing: money(each.narrowing),
    roiNarrowing: cost === null ? null : ratioOf(each.narrowing, cost),
    ask: questionFor(language, each.fact),
    explanation: whyNarrower(language, text(each.rangeNow), text(each.rangeIfKnown), text(each.narrowing)),
  };
};

/** What is not known at all, by what waits for it. */
export const unknownFacts = (projects: readonly CalculatedProject[], language: Language): Item[] =>
  missingOf(projects, language)
    .sort(mostBlockingFirst)
    .map((each) => unknown(each, language));

/** What to ask a client next, ordered by what the answer is worth. */
export const missingFacts = async (
  profitability: ProfitabilityQuestions<RowReader>,
  reader: RowReader,
  { tenantId, clientId, asOf: asked, instant, seesRates, lang }: AskClientRoi & { readonly lang: Language },
): Promise<Answer | 'not-found' | 'beyond-range'> => {
  const client = await reader.get(clientTable, tenantId, clientId);
  const agency = await profitability.agency(reader, tenantId);
  if (client === undefined || agency === undefined) return 'not-found';
  const { currency, timeZone } = agency;
  const asOf = asked ?? localDate(instant, timeZone);
  const { loaded, projects } = await clientCalculation(profitability, reader, client, asOf);
  const outcome = outcomeOf(addProjects(projects.map(({ months }) => months)));
  if (!withinRange(outcome)) return 'beyond-range';
  const suppressed =
    !seesRates && (await projectsTellingOneRate(profitability, reader, tenantId, clientId, asOf)).size > 0;
  const money = (minor: bigint) => ({ minor: Number(minor), currency });
  const items = [
    ...unknownFacts(projects, lang),
    ...narrowings(loaded, client, asOf).map((each) => doubted(each, suppressed ? null : outcome.cost, currency, lang)),
  ];
  const { gain } = outcome;
  return {
    clientId,
    currency,
    gain: gain === null ? null : { low: money(gain.low), base: money(gain.base), high: money(gain.high) },
    items: items.map((item, index) => ({ rank: index + 1, ...item })),
    suppressed,
    revenueBasis: 'earned',
    asOf,
    knownAt: reader.position,
    formulaVersion: FORMULA_VERSION,
  };
};

/** What is known of a client's business, as it was recorded. */
export const businessFacts = async (
  reader: RowReader,
  tenantId: string,
  clientId: string,
): Promise<ResponseOf<typeof listBusinessFacts> | undefined> => {
  const client = await reader.get(clientTable, tenantId, clientId);
  if (client === undefined) return undefined;
  const sources = client.facts.flatMap((each) => factNames.flatMap((name) => each[name]?.source ?? []));
  return { clientId, items: [...client.facts], sources: [...new Set(sources)].sort(), knownAt: reader.position };
};
