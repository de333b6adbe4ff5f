/** The README's tour, as a reader types it, against a Headroom just started: it must say what the README shows. */

import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import t, { type Test } from 'tap';
import { dataFolder, startStandalone } from '../test-support/standalone.ts';
import { projectFolder, settingNames } from './settings.ts';

t.setTimeout(300_000);

const readme = readFileSync(join(projectFolder, 'README.md'), 'utf8');

/**
 * As much of curl as the README uses: there may be none on this machine. A person is slow enough to see what was just
 * written; this one asks for it, whatever else the machine has to do.
 */
const CURL = `#!${process.execPath}
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const args = process.argv.slice(2);
const all = (flag) => args.flatMap((arg, n) => (arg === flag ? [args[n + 1]] : []));
const headers = Object.fromEntries(all('-H').map((header) => header.split(/: /)));
const [body] = all('-d');
const written = __filename + '.position';
if (existsSync(written)) headers['Min-Position'] = readFileSync(written, 'utf8');
const request = body === undefined ? { headers } : { method: 'POST', headers, body };
void fetch(args.at(-1), request).then(async (response) => {
  const position = response.headers.get('log-position');
  if (position !== null) writeFileSync(written, position);
  process.stdout.write(await response.text());
});
`;

/** The commands of the tour, each with what it is shown to print. */
const tour = (): { readonly commands: string; readonly output: string }[] => {
  const section = readme.split(/^## /m).find((part) => part.startsWith('Two minutes')) ?? '';
  const blocks = [...section.matchAll(/^```(sh)?\n([^`]*?)^```\n/gm)].map(([, shell, content = '']) => ({
    shell: shell !== undefined,
    content,
  }));
  return blocks.flatMap(({ shell, content }, n) => {
    if (!shell) return [];
    const next = blocks[n + 1];
    return [{ commands: content, output: next && !next.shell ? next.content : '' }];
  });
};

const runInShell = async (t: Test, script: string): Promise<string> => {
  const programs = join(dataFolder(t), 'bin');
  mkdirSync(programs);
  writeFileSync(join(programs, 'curl'), CURL);
  chmodSync(join(programs, 'curl'), 0o755);
  const { NODE_OPTIONS: _, ...inherited } = process.env;
  const env = { ...inherited, PATH: `${programs}:${dirname(process.execPath)}:${process.env.PATH}` };
  writeFileSync(join(programs, 'tour.sh'), script);
  const shell = spawn('sh', [join(programs, 'tour.sh')], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  return text(shell.stdout);
};

const MARK = '=== next ===';

t.test('the tour', { timeout: 240_000 }, async (t) => {
  const { url, owner } = await startStandalone(t, dataFolder(t));
  const steps = tour();
  t.ok(steps.length > 5, 'there is one');
  const script = steps
    .map(({ commands }) => `${commands}\necho '${MARK}'\n`)
    .join('')
    .replaceAll('http://127.0.0.1:8080', url)
    .replaceAll('hdr_demo_...', owner);
  const outputs = (await runInShell(t, script)).split(`${MARK}\n`);
  for (const [n, { commands, output }] of steps.entries()) t.equal(outputs[n], output, commands);
});

t.test('the table of variables names them all', async (t) => {
  for (const name of settingNames) t.ok(readme.includes(`\`${name}\``), name);
});
