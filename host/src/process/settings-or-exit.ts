import { readSettings, type Settings } from '../settings.ts';

/** The exit code for a wrong environment or command line, as in `sysexits.h` and most shells. */
export const WRONG_USAGE = 2;

/** The settings of this process; ends it, saying what is wrong, when they do not hold. */
export const settingsOrExit = (): Settings => {
  const read = readSettings(process.env);
  if ('settings' in read) return read.settings;
  process.stderr.write(`${read.problems.map((problem) => `headroom: ${problem}`).join('\n')}\n`);
  process.exit(WRONG_USAGE);
};
