// A lock between processes that needs no dependency, and outlives no holder by more than a few seconds.
import { mkdirSync, readdirSync, rmSync, statSync, utimes, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const BEAT_MS = 1_000;
const ABANDONED_MS = 8_000;

/** Whether the holder of a lock file still touches it; `undefined` when it has just been released. */
const isHeld = (path) => {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats && Date.now() - stats.mtimeMs < ABANDONED_MS;
};

const claim = (path) => {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
};

/**
 * Locks are numbered files, and only the newest counts. An abandoned one is never removed but followed by the next
 * number: only one process can create that, so two can never both take over.
 */
const acquire = async (folder, say) => {
  mkdirSync(folder, { recursive: true });
  let told = false;
  for (;;) {
    const newest = Math.max(0, ...readdirSync(folder).map(Number));
    const held = newest > 0 && isHeld(join(folder, String(newest)));
    const next = join(folder, String(newest + 1));
    if (held === false && claim(next)) return next;
    if (held && !told) say('Another process is installing dependencies; waiting for it ...');
    told ||= held === true;
    await pause(held ? 250 : 10);
  }
};

/** Does the work while no other process does work under the same folder's lock. */
export const withLock = async (folder, say, work) => {
  const lock = await acquire(folder, say);
  const beat = setInterval(() => {
    const now = new Date();
    // Somebody may have removed the folder; the work itself must not suffer.
    utimes(lock, now, now, () => undefined);
  }, BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    rmSync(lock, { force: true });
  }
};
