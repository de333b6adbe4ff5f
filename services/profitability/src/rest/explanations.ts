import { projectionNames } from '@headroom/contracts/questions';
import * as contract from '@headroom/contracts/rest/profitability';
import { type Bound, bindQuestion, type Caller } from '@headroom/http';
import type { ReadModels } from '@headroom/projecting';
import { explainLevel } from '../read-models/explanation/explain-level.ts';
import { explainStage } from '../read-models/explanation/explain-stage.ts';
import { type OpenPart, openPart, type Scope } from '../read-models/part-of-log/open-part.ts';

interface Asked {
  readonly caller: Caller;
  readonly params: Scope;
  readonly query: { readonly asOf?: string | undefined };
  readonly instant: string;
}

type Question = Parameters<typeof explainLevel>[1];

/** A question that is answered from the part of the log that concerns it, live and as known at a position. */
const fromPart = <Request extends Asked, Body>(
  what: string,
  explain: (part: OpenPart, question: Question, request: Request) => Promise<Body | undefined>,
) => {
  const absent = { kind: 'not-found' as const, what };
  const answer = async (request: Request, readModels: ReadModels, position?: number) => {
    const { tenantId } = request.caller;
    const part = await openPart(readModels, tenantId, request.params, position);
    if (part === undefined) return absent;
    const question = { tenantId, ...request.query, asOf: request.query.asOf, instant: request.instant };
    const body = await explain(part, { ...question, position: position ?? part.position }, request);
    return body === undefined ? absent : { kind: 'answer' as const, body };
  };
  return {
    projections: [projectionNames.profitability],
    hot: (request: Request, readModels: ReadModels) => answer(request, readModels),
    past: (request: Request, position: number, readModels: ReadModels) => answer(request, readModels, position),
    answer: async () => absent,
  };
};

/** What figures are made of. */
export const explanations = (): Bound[] => [
  bindQuestion(
    contract.explainStage,
    fromPart('stage', (part, question, { params }: Asked & { readonly params: { readonly stageId: string } }) =>
      explainStage(part, params.stageId, question),
    ),
  ),
  bindQuestion(
    contract.explainProject,
    fromPart(
      'project',
      async (part, question, { params }: Asked & { readonly params: { readonly projectId: string } }) => {
        const level = await explainLevel(part, question);
        return level && { projectId: params.projectId, ...level };
      },
    ),
  ),
  bindQuestion(
    contract.explainClient,
    fromPart(
      'client',
      async (part, question, { params }: Asked & { readonly params: { readonly clientId: string } }) => {
        const level = await explainLevel(part, question);
        return level && { clientId: params.clientId, ...level };
      },
    ),
  ),
];
