import { streamKinds } from '@headroom/commanding';
import { categories } from '@headroom/contracts/events';
import { upcast } from '@headroom/contracts/events/upcast';
import { agencyEvolution } from '../decisions/agency.ts';
import { specialistEvolution } from '../decisions/specialist.ts';
import { standardEvolution } from '../decisions/standard.ts';

const kind = streamKinds(upcast);

export const agencyKind = kind(categories.agency, agencyEvolution);
export const specialistKind = kind(categories.specialist, specialistEvolution);
export const standardKind = kind(categories.standard, standardEvolution);
