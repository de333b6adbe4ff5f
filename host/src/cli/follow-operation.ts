import { setTimeout as sleep } from 'node:timers/promises';
import type { getOperation, ResponseOf } from '@headroom/contracts/rest';
import { Explained } from '../process/explain.ts';
import { type Api, callApi } from './call-api.ts';
import type { Terminal } from './terminal.ts';

type Operation = ResponseOf<typeof getOperation>;

const LOOK_EVERY_MS = 500;

const grouped = new Intl.NumberFormat('en');

/** Whether an answer is that of a command that became long work. */
export const isOperation = (answer: unknown): answer is Operation =>
  typeof answer === 'object' && answer !== null && 'operationId' in answer && 'progress' in answer;

const lineOf = ({ status, phase, progress: { done, total, perSecond, secondsLeft } }: Operation): string => {
  if (phase === null || total === null) return phase ?? status;
  const share = total === 0 ? 100 : Math.floor((100 * done) / total);
  const speed = perSecond === null ? '' : `, ${grouped.format(Math.round(perSecond))} a second`;
  const left = secondsLeft === null ? '' : `, ${secondsLeft} s left`;
  return `${phase}: ${share}%, ${grouped.format(done)} of ${grouped.format(total)}${speed}${left}`;
};

/**
 * Shows how far long work is until it is done, and gives its result. Throws `Explained` when it failed. It goes on when
 * nobody looks: to be interrupted here does not end it.
 */
export const followOperation = async (
  api: Api,
  { operationId }: Operation,
  { progress, endProgress }: Terminal,
): Promise<unknown> => {
  let shown = '';
  for (;;) {
    const operation = (await callApi(api, `/v1/operations/${operationId}`, { method: 'GET' })) as Operation;
    if (operation.finishedAt !== null) {
      endProgress();
      if (operation.status === 'failed') throw new Explained(`It failed: ${operation.failure ?? 'no reason given'}`);
      return operation.result;
    }
    const line = lineOf(operation);
    if (line !== shown) progress(line);
    shown = line;
    await sleep(LOOK_EVERY_MS);
  }
};
