import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type EventStore, type StreamAppend, Unavailable, UnknownOutcome } from '@headroom/event-store';
import t from 'tap';
import { account, accountId, close, deposit, open } from '../test-support/account.ts';
import { exactlyOnce, folded } from '../test-support/exactly-once.ts';
import { type Office, openOffice } from '../test-support/office.ts';

// For machines that do much else at the same time.
t.setTimeout(240_000);

const revisions = async ({ store }: Office, name: string): Promise<number> =>
  (await store.readStream(accountId(name))).length;

t.test('a command is carried out once, and its outcome can be had again for ever', async (t) => {
  const office = await openOffice(t);
  const [here, elsewhere] = [await office.clerk(), await office.clerk()];
  await here.execute(open('main', 'open'));
  const first = await here.execute(deposit('main', 'salary', 100));
  t.strictSame(first, {
    kind: 'accepted',
    events: [
      { type: 'Deposited', data: { amount: 100, by: 'salary' } },
      { type: 'Deposited', data: { amount: 0, by: 'salary' } },
    ],
    revision: 2,
    position: 3,
    replayed: false,
  });
  await here.execute(deposit('main', 'bonus', 5));
  const again = { ...first, replayed: true };
  t.strictSame(await here.execute(deposit('main', 'salary', 100)), again, 'here');
  t.strictSame(await elsewhere.execute(deposit('main', 'salary', 100)), again, 'elsewhere');
  t.strictSame(await (await office.clerk()).execute(deposit('main', 'salary', 100)), again, 'after a restart');
  await here.execute(close('main', 'close'));
  t.strictSame(await here.execute(deposit('main', 'salary', 100)), again, 'though it would be refused by now');
  t.match(await here.execute(close('main', 'close again')), { kind: 'accepted', events: [], revision: 5, position: 6 });
  t.equal(await revisions(office, 'main'), 6);
  const [stored] = await office.store.readStream(accountId('main'));
  t.strictSame(stored?.meta, {
    tenantId: 'acme',
    actor: 'key:test',
    commandKey: 'open',
    fingerprint: 'fingerprint of open main 1',
    correlationId: 'request-1',
  });
});

t.test('a refused command leaves no trace, and is decided anew with the same key', async (t) => {
  const office = await openOffice(t);
  const commands = await office.clerk();
  t.strictSame(await commands.execute(deposit('main', 'salary', 100)), { kind: 'refused', code: 'no-account' });
  t.equal(await office.store.head(), 0);
  await commands.execute(open('main', 'open'));
  t.match(await commands.execute(deposit('main', 'salary', 100)), { kind: 'accepted', replayed: false });
  await commands.execute(close('main', 'close'));
  t.strictSame(await commands.execute(deposit('main', 'late', 1)), {
    kind: 'refused',
    code: 'account-closed',
    detail: { balance: 100 },
  });
});

t.test('a key belongs to the content it was first used for', async (t) => {
  const office = await openOffice(t);
  const [here, elsewhere] = [await office.clerk(), await office.clerk()];
  await here.execute(open('main', 'open'));
  await here.execute(open('second', 'open second'));
  await here.execute(deposit('main', 'salary', 100));
  for (const commands of [here, elsewhere, await office.clerk()]) {
    t.strictSame(await commands.execute(deposit('main', 'salary', 200)), { kind: 'key-reused' }, 'on its stream');
    t.strictSame(await commands.execute(deposit('second', 'salary', 100)), { kind: 'key-reused' }, 'on another');
    t.strictSame(await commands.execute(open('third', 'salary')), { kind: 'key-reused' }, 'on a new one');
  }
  const both = await Promise.all([here.execute(open('a', 'same')), elsewhere.execute(open('b', 'same'))]);
  t.strictSame(both.map(({ kind }) => kind).sort(), ['accepted', 'key-reused'], 'at the same time');
  const together = await Promise.all([open('c', 'fresh'), open('d', 'salary'), open('e', 'new')].map(here.execute));
  t.strictSame(
    together.map(({ kind }) => kind),
    ['accepted', 'key-reused', 'accepted'],
    'those that share its commit are carried out',
  );
  const rivals = [open('f', 'salary'), open('f', 'salary', 2), open('f', 'last')];
  t.strictSame(
    (await here.executeAll(rivals, 'best-effort')).map(({ kind }) => kind),
    ['key-reused', 'key-reused', 'accepted'],
    'nobody is forgotten who comes with the same key',
  );
  const other = { tenantId: 'other' };
  t.match(
    await here.execute(open('main', 'open', 1, other)),
    { kind: 'accepted', replayed: false },
    'another tenant’s',
  );
  t.equal(await revisions(office, 'main'), 3);
});

t.test('a command that is being carried out is said to be', async (t) => {
  const office = await openOffice(t);
  const commands = await office.clerk();
  const outcomes = await Promise.all([
    commands.execute(open('main', 'open')),
    commands.execute(open('main', 'open')),
    commands.execute(open('main', 'open', 2)),
  ]);
  t.strictSame(
    outcomes.map(({ kind }) => kind),
    ['accepted', 'in-flight', 'key-reused'],
  );
  t.match(await commands.execute(open('main', 'open')), { kind: 'accepted', replayed: true });
});

t.test('If-Match is compared with the newest revision, once it is no replay', async (t) => {
  const office = await openOffice(t);
  const [here, elsewhere] = [await office.clerk(), await office.clerk()];
  t.match(await here.execute(open('main', 'open', 1, { expectedRevision: -1 })), { kind: 'accepted' });
  await elsewhere.state(account, accountId('main'));
  await here.execute(deposit('main', 'salary', 100, { expectedRevision: 0 }));
  t.match(await elsewhere.execute(deposit('main', 'bonus', 1, { expectedRevision: 2 })), { kind: 'accepted' });
  t.strictSame(await here.execute(deposit('main', 'late', 1, { expectedRevision: 2 })), {
    kind: 'revision-mismatch',
    actualRevision: 4,
  });
  const replay = deposit('main', 'salary', 100, { expectedRevision: 0 });
  t.match(await here.execute(replay), { kind: 'accepted', replayed: true, revision: 2 });
  const rivals = [1, 2, 3, 4].map((n) => deposit('main', `rival ${n}`, 1, { expectedRevision: 4 }));
  const outcomes = await Promise.all(rivals.map((wish, n) => (n % 2 ? here : elsewhere).execute(wish)));
  t.strictSame(outcomes.map(({ kind }) => kind).sort(), [
    'accepted',
    'revision-mismatch',
    'revision-mismatch',
    'revision-mismatch',
  ]);
});

t.test('what another process writes is known here, for decisions and for refusals', async (t) => {
  const office = await openOffice(t);
  const [here, elsewhere] = [await office.clerk(), await office.clerk()];
  t.strictSame((await here.state(account, accountId('main'))).revision, -1);
  const before = here.news();
  await elsewhere.execute(open('main', 'open'));
  t.match(
    await here.execute(deposit('main', 'salary', 100)),
    { kind: 'accepted', revision: 2 },
    'no refusal from memory',
  );
  await elsewhere.execute(deposit('main', 'bonus', 1));
  await here.catchUp();
  t.ok(here.news() > before);
  t.strictSame(await here.state(account, accountId('main')), {
    state: { status: 'open', balance: 101, deposits: ['salary', 'salary', 'bonus', 'bonus'] },
    revision: 4,
  });
});

/** A store whose first appends end with a fault, after or instead of having been made. */
const faulty =
  (faults: readonly { readonly made: boolean; readonly fault: Error }[], seen: StreamAppend[]) =>
  (store: EventStore): EventStore => {
    const left = [...faults];
    return {
      ...store,
      appendClaiming: async (append, claims) => {
        const make = store.appendClaiming;
        if (make === undefined) throw new Error('keys are kept beside the log here');
        seen.push(append);
        const next = left.shift();
        if (next === undefined) return make(append, claims);
        if (next.made) await make(append, claims);
        throw next.fault;
      },
    };
  };

t.test('an append of unknown outcome is repeated with the same ids until it is known', async (t) => {
  const office = await openOffice(t);
  for (const made of [true, false]) {
    const seen: StreamAppend[] = [];
    const fault = new UnknownOutcome('the reply was lost');
    const commands = await office.clerk(
      faulty(
        [
          { made, fault },
          { made, fault },
        ],
        seen,
      ),
    );
    t.match(await commands.execute(open(`made ${made}`, `open ${made}`)), { kind: 'accepted', revision: 0 });
    t.strictSame(
      seen.map(({ events }) => events[0]?.id).filter((id, n, ids) => id !== ids[0] && n > 0),
      [],
    );
    t.equal(await revisions(office, `made ${made}`), 1, made ? 'it had been made' : 'it had not been made');
  }
});

t.test('a store that fails is the caller’s fault to handle; the retry has one effect', async (t) => {
  const office = await openOffice(t);
  const unknown = Array.from({ length: 6 }, () => ({ made: true, fault: new UnknownOutcome('lost') }));
  const uncertain = await office.clerk(faulty(unknown, []));
  await t.rejects(uncertain.execute(open('main', 'open')), UnknownOutcome);
  t.match(await uncertain.execute(open('main', 'open')), { kind: 'accepted', replayed: true });
  const down = await office.clerk(faulty([{ made: false, fault: new Unavailable('down') }], []));
  await t.rejects(down.execute(deposit('main', 'salary', 1)), Unavailable);
  t.match(await down.execute(deposit('main', 'salary', 1)), { kind: 'accepted', replayed: false });
  t.equal(await revisions(office, 'main'), 3);
});

t.test('a decision that throws fails its own command alone', async (t) => {
  const office = await openOffice(t);
  const commands = await office.clerk();
  await commands.execute(open('main', 'open'));
  const broken = {
    ...deposit('main', 'broken', 1),
    decide: () => {
      throw new RangeError('a mistake in a decision');
    },
  };
  const outcomes = await Promise.allSettled([
    commands.execute(deposit('main', 'one', 1)),
    commands.execute(broken),
    commands.execute(deposit('main', 'two', 1)),
  ]);
  t.strictSame(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
  t.equal((await folded(office, 'main')).balance, 2);
});

t.test('a process killed between append and answer leaves one effect, and the retry hears of it', async (t) => {
  const office = await openOffice(t);
  const commands = await office.clerk();
  await commands.execute(open('main', 'open'));
  const script = fileURLToPath(new URL('../test-support/dies-before-answering.ts', import.meta.url));
  const child = spawn(process.execPath, [script, office.connectionString], { stdio: 'inherit' });
  t.strictSame(await once(child, 'exit'), [null, 'SIGKILL']);
  t.match(await commands.execute(deposit('main', 'salary', 100)), { kind: 'accepted', replayed: true, revision: 2 });
  t.equal((await folded(office, 'main')).balance, 100);
});

t.test('many at once, best-effort: an outcome for each, one append a stream, refusals hinder nobody', async (t) => {
  const office = await openOffice(t);
  const appends: StreamAppend[] = [];
  const commands = await office.clerk(faulty([], appends));
  await commands.execute(open('main', 'open'));
  appends.length = 0;
  const wishes = [
    deposit('main', 'a', 1),
    deposit('none', 'b', 1),
    open('second', 'c'),
    deposit('second', 'd', 2),
    close('main', 'e'),
    deposit('main', 'f', 3),
    deposit('main', 'a', 1),
    deposit('main', 'c', 1),
  ];
  const dry = await commands.executeAll(wishes, 'best-effort', { dryRun: true });
  t.equal(await office.store.head(), 1, 'a dry run writes nothing');
  const outcomes = await commands.executeAll(wishes, 'best-effort');
  t.match(outcomes, [
    { kind: 'accepted', revision: 2, replayed: false },
    { kind: 'refused', code: 'no-account' },
    { kind: 'accepted', revision: 0 },
    { kind: 'accepted', revision: 2 },
    { kind: 'accepted', revision: 3 },
    { kind: 'refused', code: 'account-closed', detail: { balance: 1 } },
    { kind: 'accepted', revision: 2, replayed: true },
    { kind: 'refused' },
  ]);
  t.strictSame(
    dry.map((outcome) => (outcome.kind === 'accepted' ? outcome.events : outcome.kind)),
    outcomes.map((outcome) => (outcome.kind === 'accepted' ? outcome.events : outcome.kind)),
    'and it told what would happen',
  );
  t.strictSame(appends.map(({ streamId, events }) => [streamId, events.length]).sort(), [
    [accountId('main'), 3],
    [accountId('second'), 3],
  ]);
  for (const [n, outcome] of (await commands.executeAll(wishes.slice(0, 5), 'best-effort')).entries())
    t.strictSame(outcome, n === 1 ? outcomes[n] : { ...outcomes[n], replayed: true });
  const stored = await office.store.readStream(accountId('second'));
  t.equal(outcomes[3]?.kind === 'accepted' && outcomes[3].position, stored[2]?.position, 'positions are exact');
});

t.test('hundreds on one stream go out in appends of bounded size', async (t) => {
  const office = await openOffice(t);
  const appends: StreamAppend[] = [];
  const commands = await office.clerk(faulty([], appends));
  await commands.execute(open('main', 'open'));
  const wishes = Array.from({ length: 700 }, (_, n) => deposit('main', `d${n}`, 1));
  const outcomes = await commands.executeAll(wishes, 'best-effort');
  t.ok(outcomes.every(({ kind }) => kind === 'accepted'));
  t.equal((await folded(office, 'main')).balance, 700);
  t.ok(appends.every(({ events }) => events.length <= 501));
});

t.test('many at once, atomic: all of them or none', async (t) => {
  const office = await openOffice(t);
  const [here, elsewhere] = [await office.clerk(), await office.clerk()];
  await here.execute(open('main', 'open'));
  const good = [open('second', 'b'), deposit('main', 'a', 1), deposit('second', 'c', 2)];
  const bad = [...good, deposit('none', 'd', 1), deposit('main', 'e', 1)];
  const none = [
    { kind: 'refused', code: 'not-carried-out', detail: { because: 'no-account', index: 3 } },
    { kind: 'refused', code: 'not-carried-out', detail: { because: 'no-account', index: 3 } },
    { kind: 'refused', code: 'not-carried-out', detail: { because: 'no-account', index: 3 } },
    { kind: 'refused', code: 'no-account' },
    { kind: 'refused', code: 'not-carried-out', detail: { because: 'no-account', index: 3 } },
  ];
  t.strictSame(await here.executeAll(bad, 'atomic'), none);
  t.strictSame(await here.executeAll(bad, 'atomic', { dryRun: true }), none);
  t.equal(await office.store.head(), 1);
  t.match(
    await here.state(account, accountId('main')),
    { state: { balance: 0 }, revision: 0 },
    'nothing stays in memory',
  );
  const reused = await here.executeAll([deposit('main', 'f', 1), deposit('main', 'open', 1)], 'atomic');
  t.match(reused, [{ code: 'not-carried-out', detail: { because: 'key-reused' } }, { kind: 'key-reused' }]);
  const twice = await Promise.all([here.executeAll(good, 'atomic'), elsewhere.executeAll(good, 'atomic')]);
  t.strictSame(twice.map(([first]) => first?.kind === 'accepted' && first.replayed).sort(), [false, true]);
  t.strictSame((await folded(office, 'main')).balance + (await folded(office, 'second')).balance, 3);
  t.strictSame(await here.executeAll([], 'atomic'), []);
});

t.test('whatever two processes do at once, each acknowledged command is in the log exactly once', async (t) =>
  exactlyOnce(t, await openOffice(t), 15),
);
