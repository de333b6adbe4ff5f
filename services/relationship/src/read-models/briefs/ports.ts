import type { BenefitQuestions, DeliveryQuestions, ProfitabilityQuestions } from '@headroom/contracts/questions';
import type { RowReader } from '@headroom/projecting';

/** What briefs ask of the other services. */
export interface BriefPorts {
  readonly profitability: ProfitabilityQuestions<RowReader>;
  readonly delivery: DeliveryQuestions<RowReader>;
  readonly benefit: BenefitQuestions<RowReader>;
}
