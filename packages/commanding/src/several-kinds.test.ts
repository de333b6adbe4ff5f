import type { DomainEvent } from '@headroom/kernel';
import t from 'tap';
import { account, accountId, deposit, open } from '../test-support/account.ts';
import { openOffice } from '../test-support/office.ts';
import type { StreamKind } from './command.ts';

/** What a neighbour needs to know of an account. */
const accountSeen: StreamKind<{ opened: boolean; events: number }, DomainEvent> = {
  category: account.category,
  upcast: (type, data) => ({ type, data }),
  evolution: {
    initial: () => ({ opened: false, events: 0 }),
    evolve: ({ opened, events }, { type }) => ({ opened: opened || type === 'Opened', events: events + 1 }),
  },
};

t.test('a stream is folded by its own service and by neighbours, each in its way', async (t) => {
  const office = await openOffice(t);
  const [here, elsewhere] = [await office.clerk(), await office.clerk()];
  const id = accountId('main');
  const seen = async () => (await here.state(accountSeen, id)).state;

  t.strictSame(await seen(), { opened: false, events: 0 }, 'a neighbour may look before there is anything');
  t.match(await here.execute(open('main', 'open')), { kind: 'accepted' });
  t.strictSame(await seen(), { opened: true, events: 1 }, 'and sees at once what was written here');
  t.match(await here.execute(deposit('main', 'first', 5)), { kind: 'accepted', revision: 2 });
  t.strictSame(await seen(), { opened: true, events: 3 });

  await elsewhere.execute(deposit('main', 'second', 7));
  await here.catchUp();
  t.strictSame(await seen(), { opened: true, events: 5 }, 'and what was written elsewhere');
  t.match((await here.state(account, id)).state, { balance: 12, deposits: ['first', 'first', 'second', 'second'] });
  t.match(await here.execute(deposit('main', 'second', 7)), { kind: 'accepted', replayed: true });
});
