import type { StreamKind } from '@headroom/commanding';
import { categories } from '@headroom/contracts/events';
import { upcast } from '@headroom/contracts/events/upcast';
import { type Agency, agencyEvolution } from '../decisions/agency.ts';
import { type Specialist, specialistEvolution } from '../decisions/specialist.ts';
import { type Standard, standardEvolution } from '../decisions/standard.ts';
import type { AgencyEvent, SpecialistEvent, StandardEvent } from '../events/streams.ts';

export const agencyKind: StreamKind<Agency, AgencyEvent> = {
  category: categories.agency,
  evolution: agencyEvolution,
  upcast,
};
export const specialistKind: StreamKind<Specialist, SpecialistEvent> = {
  category: categories.specialist,
  evolution: specialistEvolution,
  upcast,
};
export const standardKind: StreamKind<Standard, StandardEvent> = {
  category: categories.standard,
  evolution: standardEvolution,
  upcast,
};
