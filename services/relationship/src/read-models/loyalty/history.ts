import type { ProfitabilityQuestions } from '@headroom/contracts/questions';
import { FORMULA_VERSION, type ResponseOf } from '@headroom/contracts/rest';
import type { getLoyaltyHistory } from '@headroom/contracts/rest/relationship';
import { addMonths, lastDayOf, localDate, monthOf } from '@headroom/kernel';
import type { RowReader } from '@headroom/projecting';
import { scoreClient } from '../../decisions/loyalty/score.ts';
import { CONTACT_MONTHS, trailingMonths } from '../../decisions/loyalty/windows.ts';
import { clientTable } from '../tables.ts';
import { scoreOf } from './client-loyalty.ts';
import { clientRecords } from './client-records.ts';
import { figuresOnDays } from './day-figures.ts';
import { type DayFigures, factsOn } from './facts.ts';

type History = ResponseOf<typeof getLoyaltyHistory>;

/** The last days of the months that end with a day's, the day itself for its own. */
const monthEnds = (asOf: string, months: number): string[] =>
  Array.from({ length: months }, (_, index) => {
    const back = months - 1 - index;
    return back === 0 ? asOf : lastDayOf(addMonths(monthOf(asOf), -back));
  });

const uncosted = ([now, , yearAgo]: DayFigures['client']): number => now.uncostedSeconds - yearAgo.uncostedSeconds;

/** How a client's scores went, month by month; undefined when there is no such client. */
export const loyaltyHistory = async (
  profitability: ProfitabilityQuestions<RowReader>,
  reader: RowReader,
  question: {
    readonly tenantId: string;
    readonly clientId: string;
    readonly months: number;
    readonly asOf?: string | undefined;
    readonly instant: string;
    readonly seesRates: boolean;
  },
): Promise<History | undefined> => {
  const { tenantId, clientId, months, instant, seesRates } = question;
  const client = await reader.get(clientTable, tenantId, clientId);
  const agency = await profitability.agency(reader, tenantId);
  if (client === undefined || agency === undefined) return undefined;
  const asOf = question.asOf ?? localDate(instant, agency.timeZone);
  const days = monthEnds(asOf, months);
  const { from } = trailingMonths(days[0] ?? asOf, CONTACT_MONTHS);
  const [figures, recordsOf] = await Promise.all([
    figuresOnDays(profitability, reader, tenantId, days),
    clientRecords(reader, { tenantId, clientId }, from),
  ]);
  const records = recordsOf(clientId);
  const known = await figures.ofClient(clientId);
  const last = known.at(-1);
  return {
    clientId,
    name: client.name,
    months: known.map((day) => {
      const score = scoreClient(factsOn(agency, client, records, day));
      const suppressed = !seesRates && day.client[0].tellsOneRate;
      return {
        month: monthOf(day.asOf),
        on: day.asOf,
        value: suppressed ? null : scoreOf(score.value),
        attention: scoreOf(score.attention),
        loyalty: scoreOf(score.loyalty),
        segment: score.segment,
        insufficientData: score.lacking.length > 0,
        suppressed,
      };
    }),
    revenueBasis: 'earned',
    quality: { uncostedSeconds: last === undefined ? 0 : uncosted(last.client) },
    asOf,
    knownAt: reader.position,
    formulaVersion: FORMULA_VERSION,
  };
};
