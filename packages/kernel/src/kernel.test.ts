import { createHash } from 'node:crypto';
import fc from 'fast-check';
import t from 'tap';
import { categoryOf, derivedId, isTenantId, keysOf, streamName, tenantOf } from './index.ts';

t.test('a derived id is the same for the same parts, and a UUID of version 8', async (t) => {
  const digest = createHash('sha256')
    .update(JSON.stringify(['entry', 'demo', 'key']))
    .digest('hex');
  const id = derivedId('entry', 'demo', 'key');
  t.equal(id.slice(0, 13), `${digest.slice(0, 8)}-${digest.slice(8, 12)}`);
  t.equal(id.slice(20), `${digest.slice(17, 20)}-${digest.slice(20, 32)}`);
  fc.assert(
    fc.property(fc.array(fc.string()), (parts) =>
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(derivedId(...parts)),
    ),
  );
  t.not(derivedId('a', 'b'), derivedId('ab'), 'where the parts end matters');
  t.equal(derivedId('a'), derivedId('a'));
});

t.test('the name of a stream tells its category, tenant and keys', async (t) => {
  const name = streamName('timesheet', 'demo', 'anna-maria', '2026-03');
  t.equal(name, 'timesheet-demo/anna-maria/2026-03');
  t.strictSame([categoryOf(name), tenantOf(name), keysOf(name)], ['timesheet', 'demo', ['anna-maria', '2026-03']]);
  t.strictSame([tenantOf('agency-demo'), keysOf('agency-demo')], ['demo', []]);
  for (const key of ['', 'a/b']) t.throws(() => streamName('stage', 'demo', key));
  for (const tenant of ['', 'Demo', 'a-b', 'a/b', 'x'.repeat(41)]) {
    t.notOk(isTenantId(tenant));
    t.throws(() => streamName('stage', tenant, 'x'));
  }
});
