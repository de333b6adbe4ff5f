import t from 'tap';
import { KeyFilter } from './key-filter.ts';

t.test('a key that was added is always known, one that was not never', async (t) => {
  const filter = new KeyFilter();
  t.notOk(filter.mayHold('t1', 'e1'));
  t.ok(filter.isEmpty);
  const keys = 300_000;
  for (let n = 0; n < keys; n += 1) filter.add(`t${n % 3}`, `0198c0de-0000-7000-8000-${n}`);
  let missing = 0;
  let wrong = 0;
  for (let n = 0; n < keys; n += 1) {
    if (!filter.mayHold(`t${n % 3}`, `0198c0de-0000-7000-8000-${n}`)) missing += 1;
    if (filter.mayHold(`t${(n + 1) % 3}`, `0198c0de-0000-7000-8000-${n}`)) wrong += 1;
    if (filter.mayHold(`t${n % 3}`, `0198c0de-0000-7000-8000-${n + keys}`)) wrong += 1;
  }
  t.equal(missing, 0);
  // Once in a billion; the keys are always the same, so this does not depend on luck.
  t.equal(wrong, 0);
  t.notOk(filter.isEmpty);
});
