import t from 'tap';
import { given } from '../../test-support/given.ts';
import type { ProjectEvent } from '../events/streams.ts';
import { backupOn, managerOn } from '../formulas/managers.ts';
import { projectEvolution } from './project.ts';
import { decideAssignBackup, decideReplaceManager } from './project-managers.ts';
import type { Specialist } from './surroundings.ts';

const ids = { projectId: 'landing', clientId: 'butovo-bricks' };
const somebody: Specialist = { data: { role: 'manager' } };
const nobody: Specialist = { data: undefined };
const opened: ProjectEvent = {
  type: 'ProjectOpened',
  data: {
    ...ids,
    name: 'Landing page',
    managerId: 'boris',
    serviceType: null,
    openedOn: '2026-03-01',
    externalRef: null,
  },
};
const replaced = (managerId: string, previousManagerId: string, effectiveFrom: string): ProjectEvent => ({
  type: 'ManagerReplaced',
  data: { ...ids, managerId, previousManagerId, effectiveFrom },
});
const backedUp = (backupManagerId: string | null, effectiveFrom: string): ProjectEvent => ({
  type: 'BackupManagerAssigned',
  data: { ...ids, backupManagerId, effectiveFrom },
});
/** A project after some events. */
const after = (...events: ProjectEvent[]) => given(projectEvolution, ...events);

const replace =
  (managerId: string, effectiveFrom: string, manager = somebody) =>
  (project: Parameters<typeof decideReplaceManager>[1]) =>
    decideReplaceManager({ projectId: 'landing', managerId, effectiveFrom }, project, manager);
const assign =
  (backupManagerId: string | null, effectiveFrom: string, backup = somebody) =>
  (project: Parameters<typeof decideAssignBackup>[1]) =>
    decideAssignBackup({ projectId: 'landing', backupManagerId, effectiveFrom }, project, backup);

t.test('a project is handed over to another manager, from a date on', async (t) => {
  const handover = replaced('galina', 'boris', '2026-03-16');
  t.strictSame(after(opened).when(replace('galina', '2026-03-16')), { accepted: [handover] });
  t.strictSame(
    after(opened, handover).when(replace('vera', '2026-03-16')),
    { accepted: [replaced('vera', 'galina', '2026-03-16')] },
    'on its very date it is corrected',
  );
  t.strictSame(after(opened).when(replace('boris', '2026-03-16')), { refused: 'manager-already' });
  t.strictSame(after(opened, handover).when(replace('vera', '2026-03-15')), {
    refused: 'before-last-handover',
    detail: { lastHandover: '2026-03-16' },
  });
  t.match(after(opened).when(replace('galina', '2026-02-28')), { refused: 'before-last-handover' });
  t.strictSame(after(opened).when(replace('galina', '2026-03-16', nobody)), {
    refused: 'manager-not-found',
  });
  t.strictSame(after().when(replace('galina', '2026-03-16')), { refused: 'project-not-found' });
  t.strictSame(after(opened).when(replace('galina', '2026-03-16', { ...somebody, deactivatedOn: '2026-03-15' })), {
    refused: 'manager-leaves-before',
    detail: { deactivatedOn: '2026-03-15' },
  });
  t.match(after(opened).when(replace('galina', '2026-03-16', { ...somebody, deactivatedOn: '2026-03-16' })), {
    accepted: [handover],
  });
});

t.test('a backup is somebody else than the manager of the day', async (t) => {
  t.strictSame(after(opened).when(assign('galina', '2026-03-02')), {
    accepted: [backedUp('galina', '2026-03-02')],
  });
  t.strictSame(after(opened).when(assign(null, '2026-03-02')), {
    accepted: [backedUp(null, '2026-03-02')],
  });
  t.strictSame(after(opened).when(assign('boris', '2026-03-02')), { refused: 'backup-is-manager' });
  t.strictSame(after(opened).when(assign('galina', '2026-02-28')), {
    refused: 'before-last-assignment',
    detail: { earliest: '2026-03-01' },
  });
  t.match(after(opened, backedUp('vera', '2026-03-09')).when(assign('galina', '2026-03-08')), {
    refused: 'before-last-assignment',
    detail: { earliest: '2026-03-09' },
  });
  t.match(after(opened).when(assign('galina', '2026-03-02', nobody)), {
    refused: 'manager-not-found',
  });
  t.match(after().when(assign('galina', '2026-03-02')), { refused: 'project-not-found' });
});

t.test('who manages a project, and who would take over, depends on the day', async (t) => {
  const managers = [
    { from: '2026-03-01', managerId: 'boris' },
    { from: '2026-03-16', managerId: 'galina' },
  ];
  const backups = [{ from: '2026-03-05', managerId: 'galina' }];
  const on = (day: string) => [managerOn(managers, day), backupOn(managers, backups, day)];
  t.strictSame(on('2026-02-20'), ['boris', null], 'work dated before the opening was done under the first manager');
  t.strictSame(on('2026-03-05'), ['boris', 'galina']);
  t.strictSame(on('2026-03-15'), ['boris', 'galina']);
  t.strictSame(on('2026-03-16'), ['galina', null], 'a backup that took over leaves the place open');
});
