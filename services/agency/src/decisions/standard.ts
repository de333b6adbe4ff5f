import { accept, type Decision, type Evolution, refuse } from '@headroom/kernel';
import type { StandardEvent } from '../events/streams.ts';

type Proposal = Extract<StandardEvent, { type: 'StandardProposed' }>['data'];

export interface Standard {
  proposal: Proposal | undefined;
  approved: boolean;
}

export const standardEvolution: Evolution<Standard, StandardEvent> = {
  initial: () => ({ proposal: undefined, approved: false }),
  evolve: (standard, event) => {
    switch (event.type) {
      case 'StandardProposed':
        standard.proposal = event.data;
        return standard;
      case 'StandardApproved':
        standard.approved = true;
        return standard;
    }
  },
};

/** Nobody approves what they proposed themselves. */
export const decideApprove = (
  { approvedBy }: { readonly approvedBy: string },
  { proposal, approved }: Standard,
): Decision<StandardEvent, 'standard-not-found' | 'standard-already-approved' | 'approver-is-proposer'> => {
  if (proposal === undefined) return refuse('standard-not-found');
  if (approved) return refuse('standard-already-approved');
  if (proposal.proposedBy === approvedBy) return refuse('approver-is-proposer');
  const { standardId, margin, effectiveFrom, serviceType } = proposal;
  return accept({ type: 'StandardApproved', data: { standardId, margin, effectiveFrom, serviceType, approvedBy } });
};
