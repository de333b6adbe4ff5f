import { NotSupported } from '@headroom/event-store';
import t from 'tap';
import { account, accountId, deposit, open } from '../test-support/account.ts';
import { exactlyOnce } from '../test-support/exactly-once.ts';
import { openRemoteOffice } from '../test-support/office.ts';

// For machines that do much else at the same time.
t.setTimeout(240_000);

t.test('a command on a log in EventStoreDB is carried out once, and its outcome can be had again', async (t) => {
  const office = await openRemoteOffice(t);
  const [here, elsewhere] = [await office.clerk(), await office.clerk()];
  await here.execute(open('main', 'open'));
  const first = await here.execute(deposit('main', 'salary', 100));
  t.match(first, { kind: 'accepted', revision: 2, replayed: false });
  for (const commands of [here, elsewhere, await office.clerk()])
    t.strictSame(await commands.execute(deposit('main', 'salary', 100)), { ...first, replayed: true });
  t.strictSame(await elsewhere.execute(open('second', 'salary')), { kind: 'key-reused' });
  t.match(await elsewhere.execute(deposit('main', 'bonus', 1)), { kind: 'accepted', revision: 4 });
  await here.catchUp();
  t.match(await here.state(account, accountId('main')), { state: { balance: 101 }, revision: 4 });
});

t.test('many at once: positions are those of the log, several streams cannot be written as one', async (t) => {
  const office = await openRemoteOffice(t);
  const commands = await office.clerk();
  await commands.execute(open('main', 'open'));
  const wishes = ['a', 'b', 'c'].map((key) => deposit('main', key, 1));
  const outcomes = await commands.executeAll(wishes, 'best-effort');
  const stored = await office.store.readStream(accountId('main'));
  t.strictSame(
    outcomes.map((outcome) => outcome.kind === 'accepted' && outcome.position),
    [2, 4, 6].map((revision) => stored[revision]?.position),
  );
  const again = await commands.executeAll(wishes, 'atomic');
  t.strictSame(
    again,
    outcomes.map((outcome) => ({ ...outcome, replayed: true })),
  );
  const both = [deposit('main', 'd', 1), open('second', 'e')];
  await t.rejects(commands.executeAll(both, 'atomic'), NotSupported);
  t.match(await commands.executeAll([deposit('main', 'd', 1)], 'atomic'), [{ kind: 'accepted', revision: 8 }]);
});

t.test('whatever two processes do at once, each acknowledged command is in the log exactly once', async (t) =>
  exactlyOnce(t, await openRemoteOffice(t), 8),
);
