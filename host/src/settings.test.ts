import { join } from 'node:path';
import t from 'tap';
import { projectFolder, readSettings } from './settings.ts';

t.test('an empty environment gives what a first start needs', async (t) => {
  const { settings } = readSettings({ PORT: '', DATABASE_URL: ' ' }) as never as { settings: object };
  t.strictSame(settings, {
    port: 8080,
    host: '127.0.0.1',
    databaseUrl: undefined,
    eventStoreUrl: undefined,
    masterKey: undefined,
    dataDir: join(projectFolder, '.data'),
    logLevel: undefined,
    requestsPerMinute: 6_000,
    trustProxy: false,
    notaryKey: undefined,
    demo: true,
  });
});

t.test('what is set is taken', async (t) => {
  const read = readSettings({
    PORT: '0',
    HOST: '::1',
    DATABASE_URL: 'postgresql:///headroom?host=/run/postgresql',
    EVENT_STORE_URL: 'esdb://admin:changeit@127.0.0.1:2113?tls=false',
    MASTER_KEY: '0f'.repeat(32),
    DATA_DIR: '/var/lib/agency',
    LOG_LEVEL: 'debug',
    RATE_LIMIT: 'off',
    TRUST_PROXY: 'on',
    DEMO: 'off',
  });
  t.strictSame(read, {
    settings: {
      port: 0,
      host: '::1',
      databaseUrl: 'postgresql:///headroom?host=/run/postgresql',
      eventStoreUrl: 'esdb://admin:changeit@127.0.0.1:2113?tls=false',
      masterKey: '0f'.repeat(32),
      dataDir: '/var/lib/agency',
      logLevel: 'debug',
      requestsPerMinute: false,
      trustProxy: true,
      notaryKey: undefined,
      demo: false,
    },
  });
});

t.test('what cannot be is told by name, with what was given and what is allowed', async (t) => {
  const wrong: [string, string, RegExp][] = [
    ['PORT', '65536', /^PORT is "65536", but must be a port from 0 to 65535/],
    ['PORT', '-1', /^PORT is "-1", but/],
    ['PORT', '80.5', /^PORT is "80.5", but/],
    ['HOST', 'no such host', /^HOST is "no such host", but must be an address/],
    ['DATABASE_URL', 'mysql://me@db/agency', /^DATABASE_URL is "mysql:.*", but must be postgres:/],
    ['DATABASE_URL', 'db.example', /^DATABASE_URL is "db.example", but must be postgres:/],
    ['EVENT_STORE_URL', 'http://log:2113', /^EVENT_STORE_URL is "http:.*", but must be esdb:/],
    ['LOG_LEVEL', 'loud', /^LOG_LEVEL is "loud", but must be one of trace, debug, info, warn, error, silent$/],
    ['RATE_LIMIT', '0', /^RATE_LIMIT is "0", but must be requests a minute/],
    ['TRUST_PROXY', 'true', /^TRUST_PROXY is "true", but must be on or off$/],
    ['MASTER_KEY', 'a secret', /^MASTER_KEY is \*\*\*, but must be 32 bytes in base64 or hexadecimal/],
    ['DEMO', 'yes', /^DEMO is "yes", but must be on or off$/],
  ];
  for (const [name, value, message] of wrong) {
    const { problems = [] } = readSettings({ [name]: value }) as { problems?: readonly string[] };
    t.equal(problems.length, 1, `${name}=${value}`);
    t.match(problems[0], message);
  }
  const { problems = [] } = readSettings({ PORT: 'x', LOG_LEVEL: 'y' }) as { problems?: readonly string[] };
  t.equal(problems.length, 2, 'all of it at once');
});

t.test('a password is not repeated', async (t) => {
  const read = readSettings({ DATABASE_URL: 'mysql://me:tell-nobody@db/agency' });
  t.notMatch(JSON.stringify(read), /tell-nobody/);
});
