import { projectionNames } from '@headroom/contracts/questions';
import * as contract from '@headroom/contracts/rest/profitability';
import { type Bound, bindQuestion, type Caller } from '@headroom/http';
import type { ReadModels, RowReader } from '@headroom/projecting';
import { explainLevel, explainLevelNow } from '../read-models/explanation/explain-level.ts';
import { type ExplainQuestion, explainStage, explainStageNow } from '../read-models/explanation/explain-stage.ts';
import type { AgencyStages } from '../read-models/in-mind/agency-stages.ts';
import type { LevelScope } from '../read-models/level-profitability.ts';
import { type OpenPart, openPart } from '../read-models/part-of-log/open-part.ts';
import type { Scope } from '../read-models/part-of-log/rows-of-scope.ts';

interface Asked<Of extends Scope> {
  readonly caller: Caller;
  readonly params: Of;
  readonly query: { readonly asOf?: string | undefined };
  readonly instant: string;
}

const projections = [projectionNames.profitability];
const absent = (what: string) => ({ kind: 'not-found' as const, what });

const questionOf = ({ caller: { tenantId }, query: { asOf }, instant }: Asked<Scope>) => ({ tenantId, asOf, instant });

const replyOf = <Body>(what: string, body: Body | undefined) =>
  body === undefined ? absent(what) : { kind: 'answer' as const, body };

/** As known at a position: from the part of the log that concerns it. */
const fromPart =
  <Of extends Scope, Body>(
    what: string,
    explain: (part: OpenPart, question: ExplainQuestion, asked: Of) => Promise<Body | undefined>,
  ) =>
  async (request: Asked<Of>, position: number, readModels: ReadModels) => {
    const part = await openPart(readModels, request.caller.tenantId, request.params, position);
    const question = { ...questionOf(request), position };
    return replyOf(what, part && (await explain(part, question, request.params)));
  };

const ofStage = (): Bound =>
  bindQuestion(contract.explainStage, {
    projections,
    hot: async (request, readModels) =>
      replyOf('stage', await explainStageNow(readModels, request.params.stageId, questionOf(request))),
    past: fromPart('stage', (part, question, { stageId }: { readonly stageId: string }) =>
      explainStage(part, stageId, question),
    ),
    answer: async () => absent('stage'),
  });

/** A level is explained by its stages, each of which has an explanation of its own. */
const levelNow = async <Of extends LevelScope>(inMind: AgencyStages, request: Asked<Of>, reader: RowReader) => {
  const level = await explainLevelNow(inMind, reader, request.params, questionOf(request));
  return level && { ...request.params, ...level };
};

const levelThen = async <Of extends LevelScope>(part: OpenPart, question: ExplainQuestion, asked: Of) => {
  const level = await explainLevel(part, question);
  return level && { ...asked, ...level };
};

/** What figures are made of. */
export const explanations = (inMind: AgencyStages): Bound[] => [
  ofStage(),
  bindQuestion(contract.explainProject, {
    projections,
    past: fromPart('project', levelThen<{ readonly projectId: string }>),
    answer: async (request, reader) => replyOf('project', await levelNow(inMind, request, reader)),
  }),
  bindQuestion(contract.explainClient, {
    projections,
    past: fromPart('client', levelThen<{ readonly clientId: string }>),
    answer: async (request, reader) => replyOf('client', await levelNow(inMind, request, reader)),
  }),
];
