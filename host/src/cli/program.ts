import { roles } from '@headroom/contracts/rest';
import { Command, CommanderError, Option } from 'commander';
import { productVersion } from '../version.ts';
import type { AuditOptions } from './audit.ts';
import { importChoices } from './import-choices.ts';
import type { ImportOptions } from './import-file.ts';
import type { NewKeyOptions } from './keys.ts';
import type { RebuildOptions } from './rebuild.ts';
import { type ExitCode, exitCodes, runTask, type Task } from './run-task.ts';
import type { Terminal } from './terminal.ts';
import type { VerifyOptions } from './verify.ts';
import type { VerifyPackOptions } from './verify-pack.ts';

const AFTERWORD = `
Database: that of DATABASE_URL; else that of a running \`headroom start\` over the same DATA_DIR; else the embedded one in
DATA_DIR, started for the command alone. With EVENT_STORE_URL the log is in EventStoreDB.

Exit codes: 0 done, 1 failed, 2 wrong usage or settings, 3 imported, but lines of the file were refused.`;

/** How a command is carried out: loaded only when it is asked for, since most of Headroom stands behind some. */
type Run = (load: () => Promise<Task>) => Promise<void>;

const addProcesses = (program: Command): void => {
  program
    .command('start')
    .description('run API and projector in one process, on an embedded Postgres unless DATABASE_URL names another')
    .action(async () => (await import('../standalone.ts')).runStandalone());
  program
    .command('api')
    .description('serve the API over DATABASE_URL; several may run')
    .action(async () => (await import('../api.ts')).runApi());
  program
    .command('projector')
    .description('fold the log into the read models over DATABASE_URL; several may run, one of them folds')
    .action(async () => (await import('../projector.ts')).runProjector());
};

const addUpkeep = (program: Command, run: Run): void => {
  program
    .command('migrate')
    .description('bring the database up to date')
    .action(() => run(async () => (await import('./migrate.ts')).migrateCommand));
  program
    .command('status')
    .description('say how far the read models have folded the log')
    .action(() => run(async () => (await import('./status.ts')).statusCommand));
  program
    .command('rebuild')
    .description('fold the log anew and put the result in place, while the old read models serve')
    .argument('[projection...]', 'their names, as `status` lists them; all when none is named')
    .option('--accept-differences', 'put the result in place although rows differ from those of the same version')
    .action((names: string[], options: RebuildOptions) =>
      run(async () => (await import('./rebuild.ts')).rebuildCommand(names, options)),
    );
  program
    .command('verify')
    .description(
      'fold the log anew, tell the hash of every table, and compare with the rows that serve; changes nothing',
    )
    .argument('[projection...]', 'their names, as `status` lists them; all when none is named')
    .option('--at <position>', 'the rows as they were at this position of the log; nothing to compare with')
    .option('--recorded-at <instant>', 'the same, as they were when this instant had passed')
    .action((names: string[], options: VerifyOptions) =>
      run(async () => (await import('./verify.ts')).verifyCommand(names, options)),
    );
  program
    .command('resume')
    .description('let projections that stopped at an event try it again')
    .argument('[projection...]', 'their names, as `status` lists them; all when none is named')
    .action((names: string[]) => run(async () => (await import('./resume.ts')).resumeCommand(names)));
};

const addProofs = (program: Command, run: Run): void => {
  program
    .command('audit')
    .description('hold the log against everything that was sealed of it; fails when it was tampered with')
    .option('--checkpoint <file...>', 'checkpoints that were handed out earlier, and that the log must have grown from')
    .action((options: AuditOptions) => run(async () => (await import('./audit.ts')).auditCommand(options)));
  program
    .command('verify-pack')
    .description('check a dispute pack or a receipt, without any server or network; also `verify FILE.json`')
    .argument('<file>', 'the JSON file')
    .option('--checkpoint <file>', 'a checkpoint that was handed out earlier: the log must have grown from it')
    .option('--public-key <base64>', 'the key of the agency, as it was published')
    .addOption(new Option('--language <language>', 'of the statement').choices(['en', 'ru']))
    .action((file: string, options: VerifyPackOptions) =>
      run(async () => (await import('./verify-pack.ts')).verifyPackCommand(file, options)),
    );
};

const choice = (flags: string, description: string, parameter: string): Option =>
  new Option(flags, description).choices(importChoices(parameter));

const addImport = (program: Command, run: Run): void => {
  program
    .command('import')
    .description('import the hours of a tracker’s CSV export through the API')
    .argument('<file>', 'the export')
    .addOption(choice('--format <name>', 'told by the header line when absent', 'format'))
    .option('--time-zone <zone>', 'of the file’s clock times, such as Europe/Moscow; the agency’s when absent')
    .addOption(choice('--decimal-separator <sign>', 'of the file’s numbers', 'decimalSeparator'))
    .addOption(choice('--date-order <order>', 'of the file’s dates', 'dateOrder'))
    .addOption(choice('--billable <value>', 'for files without a billable column', 'billable'))
    .addOption(choice('--unknown-people <fate>', 'of hours of people who are not ours', 'unknownPeople'))
    .addOption(choice('--unknown-clients <fate>', 'of hours for clients who are not ours', 'unknownClients'))
    .addOption(choice('--unknown-projects <fate>', 'of hours on projects that are not ours', 'unknownProjects'))
    .addOption(
      choice('--unknown-stages <fate>', 'of hours whose project is known and whose stage is not', 'unknownStages'),
    )
    .option('--new-people-role <role>', 'of people who are created')
    .addOption(choice('--new-people-kind <kind>', 'of people who are created', 'newPeopleKind'))
    .option('--new-projects-manager <id>', 'who manages projects that are created')
    .option(
      '--mapping <json-file>',
      'what the tracker’s names stand for: people, clients, projects, stages, activities',
    )
    .option('--dry-run', 'say what would happen, and change nothing')
    .option('--url <url>', 'of the API; HEADROOM_URL, or the running `headroom start`, when absent')
    .option('--key <key>', 'an API key that may import; HEADROOM_KEY when absent')
    .action((file: string, options: ImportOptions) =>
      run(async () => (await import('./import-file.ts')).importCommand(file, options)),
    );
};

const tenantOption = (): Option =>
  new Option('--tenant <id>', 'whose: lower-case letters, digits and _ (the demo is `demo`)').makeOptionMandatory();

const addKeys = (program: Command, run: Run): void => {
  const key = program.command('key').description('make, list and revoke API keys');
  key
    .command('create')
    .description('make a key and print it, this once')
    .addOption(tenantOption())
    .addOption(new Option('--role <role>', 'what it may do').choices(Object.keys(roles)).makeOptionMandatory())
    .requiredOption('--name <text>', 'what the key is for')
    .option('--specialist <id>', 'the specialist behind it; needed for the role specialist')
    .option('--client <id>', 'whose portal it opens; needed for the role client')
    .option('--project <id>', 'only this project of the client')
    .option('--expires <when>', 'a day (2027-01-01) or an instant; never when absent')
    .option('--scope <permission...>', 'what an integration may do, and nothing else')
    .action((options: NewKeyOptions) => run(async () => (await import('./keys.ts')).createKeyCommand(options)));
  key
    .command('list')
    .description('list the keys of a tenant, without their secrets')
    .addOption(tenantOption())
    .action(({ tenant }: { tenant: string }) => run(async () => (await import('./keys.ts')).listKeysCommand(tenant)));
  key
    .command('revoke')
    .description('revoke a key; it is refused a few seconds later')
    .argument('<id>', 'as listed')
    .addOption(tenantOption())
    .action((id: string, { tenant }: { tenant: string }) =>
      run(async () => (await import('./keys.ts')).revokeKeyCommand(id, tenant)),
    );
};

const createProgram = ({ print, tell }: Terminal, run: Run): Command => {
  const program = new Command('headroom')
    .description('Client relationships managed by their profitability')
    .version(productVersion, '--version', 'print the version')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => print(text.trimEnd()),
      writeErr: (text) => tell(text.trimEnd()),
      outputError: (text) => tell(text.trimEnd().replace(/^error: /, 'headroom: ')),
    })
    .addHelpText('after', AFTERWORD);
  addProcesses(program);
  addUpkeep(program, run);
  addProofs(program, run);
  addImport(program, run);
  addKeys(program, run);
  return program;
};

/** `verify FILE` is about a file of evidence, whatever else can be verified. */
const meant = (args: readonly string[]): readonly string[] =>
  args[0] === 'verify' && args.some((arg) => arg.endsWith('.json')) ? ['verify-pack', ...args.slice(1)] : args;

/**
 * Carries out a command line. Gives the code to exit with; undefined when a process was started that sets it when it
 * ends.
 */
export const runCommandLine = async (args: readonly string[], terminal: Terminal): Promise<ExitCode | undefined> => {
  let code: ExitCode | undefined;
  const program = createProgram(terminal, async (load) => {
    code = await runTask(terminal, await load());
  });
  try {
    await program.parseAsync(meant(args), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUsage;
  }
  return code;
};
