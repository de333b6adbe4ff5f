import { projectionNames } from '@headroom/contracts/questions';
import * as contract from '@headroom/contracts/rest/profitability';
import { type Bound, bindQuestion, type QuestionRequest } from '@headroom/http';
import { localDate } from '@headroom/kernel';
import type { ReadModels } from '@headroom/projecting';
import { compareFigures } from '../read-models/comparison/compare-figures.ts';
import { type OpenPart, openPart } from '../read-models/part-of-log/open-part.ts';
import type { Scope } from '../read-models/part-of-log/rows-of-scope.ts';
import { cursorTo, placeOf } from './at-one-moment.ts';

type Request = QuestionRequest<typeof contract.compareFigures>;

const absent = { kind: 'not-found', what: 'stage, project or client' } as const;

/** The one thing that is asked about; undefined where it is none or several. */
const scopeOf = ({ stageId, projectId, clientId }: Request['query']): Scope | undefined => {
  const given = [stageId, projectId, clientId].filter((id) => id !== undefined);
  if (given.length !== 1) return undefined;
  if (stageId !== undefined) return { stageId };
  return projectId === undefined ? { clientId: clientId as string } : { projectId };
};

/** The day asked about: that of the instant in the agency's time zone as known then, when none is given. */
const dayAsked = ({ log }: OpenPart, { query: { asOf }, instant }: Request, position: number): string => {
  const told = log.events.findLast((event) => event.type === 'AgencyConfigured' && event.position <= position);
  const { timeZone = 'UTC' } = (told?.data ?? {}) as { readonly timeZone?: string };
  return asOf ?? localDate(instant, timeZone);
};

const compared = async (request: Request, readModels: ReadModels, asked?: number) => {
  const { caller, params, query, from } = request;
  const scope = scopeOf(query);
  if (scope === undefined) return { kind: 'refused', code: 'one-scope-expected' } as const;
  if (from === undefined && query.fromAsOf === undefined)
    return { kind: 'refused', code: 'nothing-to-compare' } as const;
  const place = placeOf(contract.compareFigures, { params, query });
  const part = await openPart(readModels, caller.tenantId, scope, place?.position ?? asked);
  if (part === undefined) return absent;
  const position = place?.position ?? asked ?? part.position;
  const day = place?.day ?? dayAsked(part, request, position);
  const earlier = { asOf: query.fromAsOf ?? day, knownAt: from?.position ?? position };
  if (earlier.asOf > day || earlier.knownAt > position) return { kind: 'refused', code: 'from-is-later' } as const;
  const answer = await compareFigures(part, {
    tenantId: caller.tenantId,
    figure: query.figure,
    from: earlier,
    to: { asOf: day, knownAt: position },
    offset: place?.offset ?? 0,
    limit: query.limit,
  });
  if (answer === undefined) return absent;
  const { stageId = null, projectId = null, clientId = null } = query;
  const { body, next } = answer;
  const nextCursor = cursorTo(contract.compareFigures, { params, query }, next, { position, day });
  return { kind: 'answer', body: { stageId, projectId, clientId, ...body, nextCursor } } as const;
};

/** Why figures moved. */
export const comparisons = (): Bound[] => [
  bindQuestion(contract.compareFigures, {
    projections: [projectionNames.profitability],
    hot: (request, readModels) => compared(request, readModels),
    past: (request, position, readModels) => compared(request, readModels, position),
    answer: async () => absent,
  }),
];
