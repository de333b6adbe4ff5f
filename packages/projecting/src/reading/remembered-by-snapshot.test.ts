import t from 'tap';
import { RememberedBySnapshot } from './remembered-by-snapshot.ts';

const at = (snapshot: string) => ({ snapshot });

t.test('an answer lasts until something is written', async (t) => {
  const remembered = new RememberedBySnapshot<{ readonly made: number }>(10);
  let made = 0;
  const ask = (key: string, snapshot: string) => remembered.of(at(snapshot), key, async () => ({ made: ++made }));
  const [first, second] = await Promise.all([ask('March', 'a'), ask('March', 'a')]);
  t.equal(first, second, 'one answer for two who ask at once');
  t.equal(await ask('March', 'a'), first, 'the same object');
  t.equal(await remembered.known('a', 'March'), first);
  t.strictSame(await ask('April', 'a'), { made: 2 });
  t.strictSame(await ask('March', 'b'), { made: 3 }, 'something was written');
  t.equal(remembered.known('a', 'March'), undefined);
});

t.test('a failure is not remembered, and nobody pays for another’s', async (t) => {
  const remembered = new RememberedBySnapshot<number>(10);
  const failing = remembered.of(at('a'), 'March', () => Promise.reject(new Error('the connection broke')));
  const waiting = remembered.of(at('a'), 'March', async () => 7);
  await t.rejects(failing, { message: 'the connection broke' });
  t.equal(await waiting, 7);
});

t.test('of too many the one not asked for longest is forgotten', async (t) => {
  const remembered = new RememberedBySnapshot<number>(2);
  for (const [number, key] of ['flora', 'granit'].entries()) await remembered.of(at('a'), key, async () => number);
  await remembered.of(at('a'), 'flora', async () => 9);
  await remembered.of(at('a'), 'butovo', async () => 2);
  t.equal(remembered.known('a', 'granit'), undefined);
  t.equal(await remembered.known('a', 'flora'), 0);
});
