import { hash } from 'node:crypto';
import t from 'tap';
import { DigestCounts } from './digest-counts.ts';

t.test('each digest is counted by itself, however many there are', async (t) => {
  const counts = new DigestCounts(4);
  const digests = Array.from({ length: 1_000 }, (_, n) => hash('sha256', String(n)));
  for (const time of [1, 2, 3])
    t.ok(
      digests.every((digest) => counts.next(digest) === time),
      `time ${time}`,
    );
});

t.test('digests that would stand in the same place are told apart', async (t) => {
  const counts = new DigestCounts(8);
  const same = '0000000000008';
  const one = `${same}${'1'.repeat(51)}`;
  const other = `${same}${'2'.repeat(51)}`;
  t.strictSame(
    [one, other, one, other, other].map((digest) => counts.next(digest)),
    [1, 1, 2, 2, 3],
  );
});
