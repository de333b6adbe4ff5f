import type { EffectShares } from '@headroom/contracts/events';
import { accept, type Decision, refuse } from '@headroom/kernel';
import { millionths, ONE } from '@headroom/money';
import type { BusinessFactsEvent } from '../events/streams.ts';
import type { BusinessFacts } from './business-facts.ts';

export interface ShareEffect {
  readonly clientId: string;
  readonly projectId: string;
  readonly effectiveFrom: string;
  readonly projects: readonly { readonly projectId: string; readonly share?: string | undefined }[];
}

export type ShareEffectRefusal =
  | 'client-not-found'
  | 'project-not-of-client'
  | 'source-not-listed'
  | 'shares-incomplete'
  | 'shares-not-one'
  | 'already-shares';

/** The month in which another sharing of the same effect takes over; later than any when there is none. */
const endOf = (known: readonly EffectShares[], { projectId, effectiveFrom }: EffectShares): string =>
  known
    .filter((each) => each.projectId === projectId && each.effectiveFrom > effectiveFrom)
    .map((each) => each.effectiveFrom)
    .sort()[0] ?? '9999-12';

/** A project that takes part in another effect at the same time: what it earned would be counted twice. */
const sharingAlready = (known: readonly EffectShares[], wanted: EffectShares): string | undefined => {
  if (wanted.shares.length < 2) return undefined;
  const end = endOf(known, wanted);
  const others = known.filter(
    (each) =>
      each.projectId !== wanted.projectId &&
      each.shares.length > 1 &&
      each.effectiveFrom < end &&
      wanted.effectiveFrom < endOf(known, each),
  );
  const taken = new Set(others.flatMap(({ shares }) => shares.map(({ projectId }) => projectId)));
  return wanted.shares.find(({ projectId }) => taken.has(projectId))?.projectId;
};

export const decideShareEffect = (
  { clientId, projectId, effectiveFrom, projects }: ShareEffect,
  { sharings }: BusinessFacts,
  around: { readonly clientExists: boolean; readonly foreign: readonly string[] },
): Decision<BusinessFactsEvent, ShareEffectRefusal> => {
  if (!around.clientExists) return refuse('client-not-found');
  if (around.foreign.length > 0) return refuse('project-not-of-client', { projects: around.foreign });
  if (!projects.some((each) => each.projectId === projectId)) return refuse('source-not-listed');
  const stated = projects.flatMap(({ share }) => share ?? []);
  if (stated.length !== 0 && stated.length !== projects.length) return refuse('shares-incomplete');
  const sum = stated.reduce((total, share) => total + millionths(share), 0n);
  if (stated.length > 0 && sum !== ONE) return refuse('shares-not-one');
  const shares = projects.map((each) => ({ projectId: each.projectId, share: each.share ?? null }));
  const wanted: EffectShares = { projectId, effectiveFrom, shares };
  const taken = sharingAlready(sharings, wanted);
  if (taken !== undefined) return refuse('already-shares', { projectId: taken });
  return accept({ type: 'EffectShared', data: { clientId, ...wanted } });
};
