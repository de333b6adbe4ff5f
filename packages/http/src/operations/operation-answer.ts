import { type getOperation, operationState, type ResponseOf } from '@headroom/contracts/rest';
import type { Operation } from '@headroom/operations';
import { compileResponse } from '../compile-response.ts';

/** Long work as the contract shows it. */
export const shownOperation = (operation: Operation): ResponseOf<typeof getOperation> => {
  const { operationId, kind, status, cancelRequested, phase, done, total, perSecond, secondsLeft } = operation;
  const { result, failure, requestedAt, startedAt, finishedAt } = operation;
  return {
    operationId,
    kind,
    status,
    cancelRequested,
    phase,
    progress: { done, total, perSecond, secondsLeft },
    result,
    failure,
    requestedAt,
    startedAt,
    finishedAt,
  };
};

const serialise = compileResponse(operationState);

/** The answer to a command that became long work. */
export const operationAnswer = (operation: Operation): string => serialise(shownOperation(operation));
