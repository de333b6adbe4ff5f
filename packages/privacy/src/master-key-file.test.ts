import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { MasterKey, masterKeyInFile } from './index.ts';

t.test('the key is made once, whole, and for its owner alone', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'headroom-master-key-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'below', 'master-key');
  const first = masterKeyInFile(path);
  t.ok(first.made && new MasterKey(first.key));
  t.strictSame(masterKeyInFile(path), { key: first.key, made: false });
  t.equal(statSync(path).mode & 0o777, 0o600);
  t.strictSame(readdirSync(join(folder, 'below')), ['master-key'], 'nothing half-made lies about');
});
