import { type ProfitabilityQuestions, projectionNames } from '@headroom/contracts/questions';
import * as contract from '@headroom/contracts/rest/relationship';
import { type Bound, bindQuestion, type QuestionReply, type QuestionRequest } from '@headroom/http';
import { type ReadModels, type RowReader, toldBy } from '@headroom/projecting';
import { explainClientLoyalty } from '../read-models/loyalty/explain-loyalty.ts';

const projections = [projectionNames.relationship, projectionNames.profitability];
const noClient = { kind: 'not-found', what: 'client' } as const;

type Request = QuestionRequest<typeof contract.explainClientLoyalty>;
type Reply = QuestionReply<typeof contract.explainClientLoyalty>;

/** What a client's scores are made of, tied to its contract: rows of one snapshot, and the events that tell of them. */
export const loyaltyExplanation = (profitability: ProfitabilityQuestions<RowReader>): Bound => {
  const ask = async (
    { caller: { tenantId, seesRates }, params, query, instant }: Request,
    readModels: ReadModels,
    reader: RowReader,
  ): Promise<Reply> => {
    const told = toldBy(readModels, reader, { tenantId, projections });
    const question = { tenantId, ...params, asOf: query.asOf, instant, seesRates };
    const body = await explainClientLoyalty(profitability, told, question);
    return body === undefined ? noClient : { kind: 'answer', body };
  };
  return bindQuestion(contract.explainClientLoyalty, {
    projections,
    hot: (request, readModels) => readModels.live(projections, (reader) => ask(request, readModels, reader)),
    past: (request, position, readModels) =>
      readModels.at(projections, request.caller.tenantId, position, (reader) => ask(request, readModels, reader)),
    answer: async () => noClient,
  });
};
