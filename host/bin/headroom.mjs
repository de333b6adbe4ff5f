#!/usr/bin/env node
// The command line from anywhere: as `npm run headroom --`, with file names meant from where the person is.
process.env.INIT_CWD ??= process.cwd();
process.argv.splice(2, 0, 'host/src/cli.ts');
await import('../../infra/run.mjs');
