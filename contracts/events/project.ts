import { event } from './event.ts';
import { date, externalRef, id, name, serviceType } from './values.ts';

export const projectOpened = event('ProjectOpened', 1, {
  projectId: id,
  clientId: id,
  name,
  managerId: id,
  serviceType: serviceType.nullable(),
  openedOn: date,
  externalRef: externalRef.nullable(),
});

/** From `effectiveFrom` on `managerId` manages the project; of two hand-overs on one date the later one holds. */
export const managerReplaced = event('ManagerReplaced', 1, {
  projectId: id,
  clientId: id,
  managerId: id,
  previousManagerId: id,
  effectiveFrom: date,
});

/** Who steps in for the manager from `effectiveFrom` on; `null`: nobody any more. */
export const backupManagerAssigned = event('BackupManagerAssigned', 1, {
  projectId: id,
  clientId: id,
  backupManagerId: id.nullable(),
  effectiveFrom: date,
});

export const projectEvents = [projectOpened, managerReplaced, backupManagerAssigned] as const;
