import type { AgencySettings, ProfitabilityQuestions } from '@headroom/contracts/questions';
import { FORMULA_VERSION, type ResponseOf } from '@headroom/contracts/rest';
import type { listClientSegments } from '@headroom/contracts/rest/relationship';
import { ratioOf } from '@headroom/money';
import { type OrderValue, RememberedBySnapshot, type RowReader } from '@headroom/projecting';
import { adviceOn } from '../../decisions/loyalty/advice.ts';
import { contactLoad } from '../../decisions/loyalty/attention.ts';
import type { LoyaltyFacts } from '../../decisions/loyalty/facts.ts';
import { type Score, scoreClient } from '../../decisions/loyalty/score.ts';
import type { Segment } from '../../decisions/loyalty/segment.ts';
import { CONTACT_MONTHS, trailingMonths } from '../../decisions/loyalty/windows.ts';
import type { ClientRow } from '../tables.ts';
import { scoreOf } from './client-loyalty.ts';
import { clientRecords } from './client-records.ts';
import { figuresOnDays } from './day-figures.ts';
import { factsOn } from './facts.ts';

type Answer = ResponseOf<typeof listClientSegments>;
type Item = Answer['items'][number];

interface Scored {
  readonly client: ClientRow;
  readonly facts: LoyaltyFacts;
  readonly score: Score;
}

const scoreAll = async (
  profitability: ProfitabilityQuestions<RowReader>,
  reader: RowReader,
  { tenantId, agency, asOf }: { readonly tenantId: string; readonly agency: AgencySettings; readonly asOf: string },
): Promise<readonly Scored[]> => {
  const { from } = trailingMonths(asOf, CONTACT_MONTHS);
  const [figures, recordsOf] = await Promise.all([
    figuresOnDays(profitability, reader, tenantId, [asOf]),
    clientRecords(reader, { tenantId }, from),
  ]);
  const scored: Scored[] = [];
  for (const client of figures.clients) {
    if (client.since > asOf) continue;
    const [day] = await figures.ofClient(client.clientId);
    if (day === undefined) throw new Error('a day was asked for and not answered');
    const facts = factsOn(agency, client, recordsOf(client.clientId), day);
    scored.push({ client, facts, score: scoreClient(facts) });
  }
  return scored;
};

/** Page after page and filter after filter is asked of the same scores. */
const remembered = new RememberedBySnapshot<readonly Scored[]>(16);

const itemOf = ({ client, facts, score }: Scored, seesRates: boolean): Item => {
  const [now, , yearAgo] = facts.client;
  const suppressed = !seesRates && now.tellsOneRate;
  const { text, reasons } = adviceOn(score, facts.settings, suppressed);
  const revenue = now.revenueMinor - yearAgo.revenueMinor;
  const profit = revenue - (now.costMinor - yearAgo.costMinor);
  const money = (minor: number) => (suppressed ? null : { minor, currency: facts.currency });
  const { contacts, workingDays } = contactLoad(facts);
  return {
    clientId: client.clientId,
    name: client.name,
    value: suppressed ? null : scoreOf(score.value),
    attention: scoreOf(score.attention),
    loyalty: scoreOf(score.loyalty),
    segment: score.segment,
    insufficientData: score.lacking.length > 0,
    advice: text,
    because: reasons[0]?.text ?? text,
    revenue: money(revenue),
    profit: money(profit),
    margin: suppressed ? null : ratioOf(profit, revenue),
    contactsPerWorkingDay: ratioOf(contacts, workingDays),
    suppressed,
  };
};

const countsOf = (scored: readonly Scored[]): Answer['counts'] => {
  const of = (segment: Segment) => scored.filter(({ score }) => score.segment === segment).length;
  return {
    exit: of('exit'),
    reprice: of('reprice'),
    'reduce-contact': of('reduce-contact'),
    invest: of('invest'),
    maintain: of('maintain'),
    insufficientData: scored.filter(({ score }) => score.lacking.length > 0).length,
  };
};

type Sort = 'name' | 'value' | 'attention' | 'loyalty';

/** What an item is ordered by: its name, or its score from the highest down with null behind all; then its id. */
const placeOf = (item: Item, sort: Sort): [OrderValue, string] => [
  sort === 'name' ? item.name : item[sort],
  item.clientId,
];

const before = (one: OrderValue, other: OrderValue, sort: Sort): number => {
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? 1 : -1;
  return one < other === (sort === 'name') ? -1 : 1;
};

const compare = (one: readonly OrderValue[], other: readonly OrderValue[], sort: Sort): number =>
  before(one[0] ?? null, other[0] ?? null, sort) || before(one[1] ?? null, other[1] ?? null, 'name');

export interface SegmentsAsked {
  readonly tenantId: string;
  readonly agency: AgencySettings;
  readonly asOf: string;
  readonly seesRates: boolean;
  readonly segment?: Segment | undefined;
  readonly insufficientData?: 'true' | 'false' | undefined;
  readonly sort: Sort;
  readonly limit: number;
  readonly after?: readonly OrderValue[] | undefined;
}

const wanted = ({ segment, insufficientData }: SegmentsAsked, item: Item): boolean =>
  (segment === undefined || item.segment === segment) &&
  (insufficientData === undefined || String(item.insufficientData) === insufficientData);

/** A page of an agency's clients with their scores; `next` is where the page behind it begins, null on the last one. */
export const clientSegments = async (
  profitability: ProfitabilityQuestions<RowReader>,
  reader: RowReader,
  asked: SegmentsAsked,
): Promise<Omit<Answer, 'nextCursor'> & { readonly next: readonly OrderValue[] | null }> => {
  const { tenantId, agency, asOf, seesRates, sort, limit, after } = asked;
  const scored = await remembered.of(reader, `${tenantId} ${asOf}`, () => scoreAll(profitability, reader, asked));
  const items = scored
    .map((each) => itemOf(each, seesRates))
    .filter((item) => wanted(asked, item))
    .sort((one, other) => compare(placeOf(one, sort), placeOf(other, sort), sort))
    .filter((item) => after === undefined || compare(placeOf(item, sort), after, sort) > 0);
  const page = items.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page,
    next: items.length > limit && last !== undefined ? placeOf(last, sort) : null,
    counts: countsOf(scored),
    currency: agency.currency,
    revenueBasis: 'earned',
    quality: {
      uncostedSeconds: scored.reduce(
        (sum, { facts: { client } }) => sum + client[0].uncostedSeconds - client[2].uncostedSeconds,
        0,
      ),
    },
    asOf,
    knownAt: reader.position,
    formulaVersion: FORMULA_VERSION,
  };
};
