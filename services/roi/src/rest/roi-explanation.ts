import { type ProfitabilityQuestions, projectionNames } from '@headroom/contracts/questions';
import * as contract from '@headroom/contracts/rest/roi';
import { type Bound, bindQuestion, type QuestionReply, type QuestionRequest } from '@headroom/http';
import { type ReadModels, type RowReader, toldBy } from '@headroom/projecting';
import { explainClientRoi } from '../read-models/explain-roi.ts';

const projections = [projectionNames.roi, projectionNames.profitability];
const noClient = { kind: 'not-found', what: 'client' } as const;

type Request = QuestionRequest<typeof contract.explainClientRoi>;
type Reply = QuestionReply<typeof contract.explainClientRoi>;

/** What a client's return is made of, tied to its contract: rows of one snapshot, and the events that tell of them. */
export const roiExplanation = (profitability: ProfitabilityQuestions<RowReader>): Bound => {
  const ask = async (
    { caller: { tenantId, seesRates }, params, query, instant }: Request,
    readModels: ReadModels,
    reader: RowReader,
  ): Promise<Reply> => {
    const told = toldBy(readModels, reader, { tenantId, projections });
    const question = { tenantId, ...params, asOf: query.asOf, instant, seesRates };
    const body = await explainClientRoi(profitability, told, question);
    if (body === 'not-found') return noClient;
    return typeof body === 'string' ? { kind: 'refused', code: body } : { kind: 'answer', body };
  };
  return bindQuestion(contract.explainClientRoi, {
    projections,
    hot: (request, readModels) => readModels.live(projections, (reader) => ask(request, readModels, reader)),
    past: (request, position, readModels) =>
      readModels.at(projections, request.caller.tenantId, position, (reader) => ask(request, readModels, reader)),
    answer: async () => noClient,
  });
};
