import { accept, type Decision, type Evolution, refuse } from '@headroom/kernel';
import type { ImportEvent } from '../events/streams.ts';

/** An import of a tracker's file. */
export interface Import {
  started: boolean;
}

export const importEvolution: Evolution<Import, ImportEvent> = {
  initial: () => ({ started: false }),
  evolve: (it, event) => {
    switch (event.type) {
      case 'ImportStarted':
        it.started = true;
        return it;
      case 'ImportFinished':
      case 'ImportReverted':
        return it;
    }
  },
};

type Of<Type extends ImportEvent['type']> = Extract<ImportEvent, { readonly type: Type }>['data'];

/** An import that begins anew after a crash has begun already; its own key tells, and nothing is written twice. */
export const decideStartImport = (data: Of<'ImportStarted'>): Decision<ImportEvent, never> =>
  accept({ type: 'ImportStarted', data });

export const decideFinishImport = (
  data: Of<'ImportFinished'>,
  it: Import,
): Decision<ImportEvent, 'import-not-found'> =>
  it.started ? accept({ type: 'ImportFinished', data }) : refuse('import-not-found');

export const decideRevertImport = (
  data: Of<'ImportReverted'>,
  it: Import,
): Decision<ImportEvent, 'import-not-found' | 'nothing-to-revert'> => {
  if (!it.started) return refuse('import-not-found');
  return data.voided + data.left === 0 ? refuse('nothing-to-revert') : accept({ type: 'ImportReverted', data });
};
