import type { StreamKind } from '@headroom/commanding';
import { categories } from '@headroom/contracts/events';
import { upcast } from '@headroom/contracts/events/upcast';
import {
  type Agency,
  agencyEvolution,
  clientEvolution,
  type Known,
  requestEvolution,
  type Specialist,
  specialistEvolution,
} from '../decisions/neighbours.ts';
import { type Project, projectEvolution } from '../decisions/project.ts';
import { type Stage, stageEvolution } from '../decisions/stage.ts';
import { type Timesheet, timesheetEvolution } from '../decisions/timesheet.ts';
import type { AgencyEvent, ClientEvent, RequestEvent, SpecialistEvent } from '../events/neighbours.ts';
import type { ProjectEvent, StageEvent, TimesheetEvent } from '../events/streams.ts';

export const projectKind: StreamKind<Project, ProjectEvent> = {
  category: categories.project,
  evolution: projectEvolution,
  upcast,
};
export const stageKind: StreamKind<Stage, StageEvent> = {
  category: categories.stage,
  evolution: stageEvolution,
  upcast,
};
export const timesheetKind: StreamKind<Timesheet, TimesheetEvent> = {
  category: categories.timesheet,
  evolution: timesheetEvolution,
  upcast,
};

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
export const clientKind: StreamKind<Known, ClientEvent> = {
  category: categories.client,
  evolution: clientEvolution,
  upcast,
};
export const requestKind: StreamKind<Known, RequestEvent> = {
  category: categories.request,
  evolution: requestEvolution,
  upcast,
};
