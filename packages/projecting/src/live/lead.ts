import { setTimeout as sleep } from 'node:timers/promises';
import { build } from './build.ts';
import { SteppedDown } from './faults.ts';
import { type Lease, renewLease } from './lease.ts';
import { Member } from './member.ts';
import { prepare } from './prepare.ts';
import { RESUME_CHANNEL } from './resume.ts';
import { catchUp, committedPosition } from './solo.ts';
import { Squad } from './squad.ts';
import { Tasks } from './tasks.ts';
import { type RunSettings, type Term, termOf } from './term.ts';

const RENEWALS_PER_LEASE = 3;

const keepLease = (term: Term, onResume: (projection: string) => void): Promise<void> =>
  term.withSession(async (client) => {
    client.on('notification', ({ payload = '' }) => onResume(payload));
    await client.query(`listen ${RESUME_CHANNEL}`);
    while (!term.signal.aborted) {
      const { leaseMs } = term.settings;
      if (!(await renewLease(client, term.lease, leaseMs))) throw new SteppedDown('somebody else took the lease over');
      await sleep(leaseMs / RENEWALS_PER_LEASE, undefined, { signal: term.signal }).catch(() => undefined);
    }
  });

/** Sees to it that every projection goes in step, catches up alone, or stands still until it is resumed. */
class Leadership {
  readonly #term: Term;
  readonly #tasks: Tasks;
  readonly #squad: Squad;
  readonly #stopped = new Map<string, Member>();

  constructor(term: Term, tasks: Tasks) {
    this.#term = term;
    this.#tasks = tasks;
    this.#squad = new Squad(term, {
      onStraggler: (member, carefulUpTo) => this.#alone(member, carefulUpTo),
      onStopped: (member) => this.#stopped.set(member.projection.name, member),
    });
  }

  start(members: readonly Member[]): void {
    const front = Math.max(...members.map(({ position }) => position));
    for (const member of members) {
      if (member.position === front) this.#squad.join(member);
      else this.#alone(member, 0);
    }
    this.#tasks.start(() => this.#squad.follow());
  }

  resume(projection: string): void {
    const member = this.#stopped.get(projection);
    if (member && this.#stopped.delete(projection)) this.#alone(member, 0);
  }

  #alone(member: Member, careful: number): void {
    this.#tasks.start(() =>
      this.#term.withSession(async (client) => {
        member.restart(await committedPosition(client, member));
        if (await catchUp(client, this.#term, member, { careful })) this.#squad.join(member);
        else this.#stopped.set(member.projection.name, member);
      }),
    );
  }
}

/** Does the work of a term until the signal ends it; throws when it cannot, or must not, go on. */
export const lead = async (settings: RunSettings, lease: Lease, signal: AbortSignal): Promise<void> => {
  const tasks = new Tasks(signal);
  const term = termOf(settings, lease, tasks.signal);
  const { ready, toBuild } = await term.withSession((client) => prepare(client, term));
  const leadership = new Leadership(term, tasks);
  tasks.start(() => keepLease(term, (projection) => leadership.resume(projection)));
  if (toBuild.length > 0) tasks.start(() => term.withSession((client) => build(client, term, toBuild)));
  leadership.start(ready.map(({ projection, position }) => new Member(projection, position, settings.memoryLimit)));
  await tasks.ended();
};
