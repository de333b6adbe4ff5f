import t from 'tap';
import { openOffice } from '../../test-support/office.ts';

t.setTimeout(300_000);

t.test('the proofs of two events are those of each', async (t) => {
  const { notary, record, seal } = await openOffice(t);
  const SIZE = 11;
  await record('acme', SIZE);
  await seal();
  const alone = await Promise.all(
    Array.from({ length: SIZE }, async (_, n) => (await notary.inclusion('acme', [n], SIZE))[0]),
  );
  for (let first = 0; first < SIZE; first += 1)
    for (let second = 0; second < SIZE; second += 1)
      // Of the first and the fourth, one path needs the pair behind it, and one the first of that pair.
      t.strictSame(await notary.inclusion('acme', [first, second], SIZE), [alone[first], alone[second]]);
});
