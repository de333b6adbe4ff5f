import { testDatabase } from '@headroom/embedded-postgres/testing';
import { createPool, migrate } from '@headroom/postgres';
import t, { type Test } from 'tap';
import { sealField } from './field-cipher.ts';
import {
  InvalidMasterKey,
  MasterKey,
  newMasterKey,
  openVault,
  type Person,
  privacyMigrations,
  WrongMasterKey,
} from './index.ts';
import { ERASED } from './token.ts';

t.setTimeout(60_000);

const vera: Person = {
  kind: 'contact',
  key: ['flora', 'vera orlova'],
  about: { clientId: 'flora' },
  label: 'Vera Orlova',
};
const anna: Person = { kind: 'specialist', key: ['anna'], id: 'anna', about: { specialistId: 'anna' }, label: 'Anna' };
const place = { eventId: '0198c0de-0000-7000-8000-000000000001', pointer: '/data/askedBy' };

/** Vaults over one database, each as another process would have it. */
const scene = async (t: Test) => {
  const { connectionString } = await testDatabase(t);
  const masterKey = newMasterKey();
  const open = async (text = masterKey) => {
    const pool = createPool(connectionString, { applicationName: 'test', max: 2 });
    t.teardown(() => pool.end());
    await migrate(pool, privacyMigrations);
    return openVault(pool, new MasterKey(text));
  };
  const pool = createPool(connectionString, { applicationName: 'test', max: 1 });
  t.teardown(() => pool.end());
  return { open, pool };
};

t.test('a person has one key, whoever makes it, and however many do at once', async (t) => {
  const { open } = await scene(t);
  const vaults = await Promise.all([open(), open(), open()]);
  const keys = await Promise.all([...vaults, ...vaults].map((vault) => vault.keyFor('studio', vera)));
  t.equal(new Set(keys.map(({ subjectId }) => subjectId)).size, 1);
  t.equal(new Set(keys.map(({ key }) => Buffer.from(key ?? []).toString('hex'))).size, 1);
  const later = await open();
  t.strictSame(await later.keyFor('studio', vera), keys[0], 'also who comes later: a key outlives its maker');
  t.notSame((await later.keyFor('other', vera)).subjectId, keys[0]?.subjectId, 'another tenant’s Vera is another one');
  t.match(await later.list('studio', { limit: 10 }), [{ kind: 'contact', label: 'Vera Orlova', erasedAt: null }]);
});

t.test('what is erased is gone, here at once and elsewhere as soon as it is asked', async (t) => {
  const { open, pool } = await scene(t);
  const [here, elsewhere] = await Promise.all([open(), open()]);
  const { subjectId, key } = await here.keyFor('studio', vera);
  const token = sealField(subjectId, key ?? new Uint8Array(), place, 'Vera Orlova');
  for (const vault of [here, elsewhere]) t.equal((await vault.reveal('studio', [token]))(token), 'Vera Orlova');
  t.equal((await elsewhere.reveal('other', [token]))(token), ERASED, 'another tenant’s token opens nowhere');
  t.equal((await here.reveal('studio', ['Vera']))('Vera'), 'Vera', 'what was recorded in clear stays readable');
  const { epoch } = here;
  await here.destroy('studio', subjectId);
  await here.destroy('studio', subjectId);
  t.ok(here.epoch > epoch, 'what was made of the text before is not shown any more');
  t.equal((await here.reveal('studio', [token]))(token), ERASED);
  while ((await elsewhere.reveal('studio', [token]))(token) !== ERASED)
    await new Promise((done) => setTimeout(done, 50));
  t.match(await here.get('studio', subjectId), { label: ERASED, about: { clientId: 'flora' } });
  const { rows } = await pool.query('select wrapped_key, lookup, label from privacy.subject');
  t.strictSame(rows, [{ wrapped_key: null, lookup: null, label: null }], 'nothing leads back to the person');
  t.not((await elsewhere.keyFor('studio', vera)).subjectId, subjectId, 'who comes back is somebody new');
});

t.test('a person with an id of its own stays erased', async (t) => {
  const { open } = await scene(t);
  const vault = await open();
  t.match(await vault.keyFor('studio', anna), { subjectId: 'specialist:anna' });
  await vault.destroy('studio', 'specialist:anna');
  t.strictSame(await vault.keyFor('studio', anna), { subjectId: 'specialist:anna', key: null });
});

t.test('another master key opens nothing', async (t) => {
  const { open } = await scene(t);
  await (await open()).keyFor('studio', vera);
  await t.rejects(open(newMasterKey()), WrongMasterKey);
  t.throws(() => new MasterKey('too short'), InvalidMasterKey);
});
