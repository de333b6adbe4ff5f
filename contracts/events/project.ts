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

export const projectEvents = [projectOpened] as const;
