import type { ProfitabilityQuestions, StageForecast } from '@headroom/contracts/questions';
import type { RowReader } from '@headroom/projecting';

/** Forecasts of stages, each stage and day looked up once an answer. */
export class Forecasts {
  readonly #known = new Map<string, Promise<StageForecast | undefined>>();
  readonly #look: (stageId: string, day: string) => Promise<StageForecast | undefined>;

  constructor(profitability: ProfitabilityQuestions<RowReader>, reader: RowReader, tenantId: string) {
    this.#look = (stageId, day) => profitability.stage(reader, tenantId, stageId, day);
  }

  on(stageId: string, day: string): Promise<StageForecast | undefined> {
    const name = `${day} ${stageId}`;
    const known = this.#known.get(name) ?? this.#look(stageId, day);
    this.#known.set(name, known);
    return known;
  }
}
