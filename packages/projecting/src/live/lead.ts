import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { beginAtZero, type Checkpoint, isCurrent, readCheckpoints, resumeAll } from '../database/checkpoints.ts';
import { SteppedDown } from './faults.ts';
import { type Lease, renewLease } from './lease.ts';
import { Member } from './member.ts';
import { catchUp, committedPosition } from './solo.ts';
import { Squad } from './squad.ts';
import { Tasks } from './tasks.ts';
import { type RunSettings, type Term, termOf } from './term.ts';

const RENEWALS_PER_LEASE = 3;

const keepLease = (term: Term): Promise<void> =>
  term.withSession(async (client) => {
    while (!term.signal.aborted) {
      const { leaseMs } = term.settings;
      if (!(await renewLease(client, term.lease, leaseMs))) throw new SteppedDown('somebody else took the lease over');
      await sleep(leaseMs / RENEWALS_PER_LEASE, undefined, { signal: term.signal }).catch(() => undefined);
    }
  });

/** Makes what is missing, begins anew what was made by another version, and tries again what was stopped. */
const prepare = async (client: pg.Client, term: Term): Promise<Map<string, Checkpoint>> => {
  const { projections } = term.settings;
  const names = projections.map(({ name }) => name);
  await client.query('begin');
  await client.query('select projecting.check_lease($1, $2)', [term.lease.name, term.lease.token]);
  const before = await readCheckpoints(client, names);
  for (const projection of projections) {
    const checkpoint = before.get(projection.name);
    if (!checkpoint || !isCurrent(projection, checkpoint)) await beginAtZero(client, projection);
  }
  await resumeAll(client, names);
  await client.query('commit');
  return readCheckpoints(client, names);
};

/** Does the work of a term: everybody in step, or on the way there. Resolves when the signal ends it; throws when it fails. */
export const lead = async (settings: RunSettings, lease: Lease, signal: AbortSignal): Promise<void> => {
  const tasks = new Tasks(signal);
  const term = termOf(settings, lease, tasks.signal);
  const checkpoints = await term.withSession((client) => prepare(client, term));

  const alone = (member: Member, careful: number): void =>
    tasks.start(() =>
      term.withSession(async (client) => {
        member.restart(await committedPosition(client, member));
        if (await catchUp(client, term, member, { careful })) squad.join(member);
      }),
    );
  const squad = new Squad(term, alone);

  const members = settings.projections.map(
    (projection) => new Member(projection, checkpoints.get(projection.name)?.position ?? 0, settings.memoryLimit),
  );
  const front = Math.max(...members.map(({ position }) => position));
  for (const member of members) {
    if (member.position === front) squad.join(member);
    else alone(member, 0);
  }
  tasks.start(() => keepLease(term));
  tasks.start(() => squad.follow());
  await tasks.ended();
};
