import type { ProfitabilityQuestions } from '@headroom/contracts/questions';
import { localDate } from '@headroom/kernel';
import type { RowReader } from '@headroom/projecting';
import type { AdviceFacts } from '../decisions/extra-payment-advice/facts.ts';
import type { Language } from '../decisions/extra-payment-advice/texts.ts';
import { adviceFacts } from './advice-facts.ts';
import { tellsOneRate } from './rate-privacy.ts';
import { type Answer, type Hidden, shownAdvice } from './shown-advice.ts';

export interface AskAdvice {
  readonly tenantId: string;
  readonly stageId: string;
  readonly gainMinor?: number | undefined;
  readonly language: Language;
  readonly asOf?: string | undefined;
  readonly instant: string;
  readonly seesRates: boolean;
}

/** What of a stage's advice a caller may not see. */
export const hiddenFrom = async (
  profitability: ProfitabilityQuestions<RowReader>,
  reader: RowReader,
  { tenantId, seesRates }: Pick<AskAdvice, 'tenantId' | 'seesRates'>,
  stage: AdviceFacts['stage'],
  asOf: string,
): Promise<Hidden> =>
  seesRates
    ? { stage: false, client: false, entries: false }
    : {
        stage: stage.costedPeople === 1,
        client: await tellsOneRate(profitability, reader, tenantId, stage.clientId, asOf),
        entries: true,
      };

/** Whether to ask for an extra payment for a stage now; undefined when there is no such stage. */
export const extraPaymentAdvice = async (
  profitability: ProfitabilityQuestions<RowReader>,
  reader: RowReader,
  question: AskAdvice,
): Promise<Answer | undefined> => {
  const { tenantId, stageId, gainMinor, instant, language } = question;
  const agency = await profitability.agency(reader, tenantId);
  if (agency === undefined) return undefined;
  const asOf = question.asOf ?? localDate(instant, agency.timeZone);
  const stage = await profitability.stage(reader, tenantId, stageId, asOf);
  if (stage === undefined) return undefined;
  const asked = { asOf, currency: agency.currency, wantedMinor: gainMinor };
  const { facts, uncostedSeconds } = await adviceFacts(profitability, reader, tenantId, stage, asked);
  const hidden = await hiddenFrom(profitability, reader, question, stage, asOf);
  return { ...shownAdvice(facts, hidden, { asOf, language }), quality: { uncostedSeconds }, knownAt: reader.position };
};
