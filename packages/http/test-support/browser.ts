import { execFile } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'chrome'];

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The browser of this machine; undefined where there is none. */
export const findBrowser = (): string | undefined =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find(isProgram);

const LONGEST_MS = 60_000;
const run = promisify(execFile);

/** Runs the browser without a window, in a profile of its own; gives what it prints. */
export const browse = async (browser: string, ...wishes: readonly string[]): Promise<string> => {
  const profile = mkdtempSync(join(tmpdir(), 'headroom-browser-'));
  const plain = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-dev-shm-usage'];
  try {
    const { stdout } = await run(browser, [...plain, `--user-data-dir=${profile}`, ...wishes], { timeout: LONGEST_MS });
    return stdout;
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
};
