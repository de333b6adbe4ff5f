import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { median } from './statistics.ts';

const TIMES = 100;
const PAGE = Buffer.alloc(8_192, 1);

/** As `pg_test_fsync` does it: overwrites 8 KiB of a file and waits for the disk. The median in milliseconds. */
export const measureFsync = async (folder: string): Promise<number> => {
  const path = join(folder, 'fsync');
  const file = await open(path, 'w');
  try {
    await file.write(Buffer.alloc(PAGE.length * TIMES));
    await file.sync();
    const times: number[] = [];
    for (let n = 0; n < TIMES; n += 1) {
      await file.write(PAGE, 0, PAGE.length, n * PAGE.length);
      const start = performance.now();
      await file.datasync();
      times.push(performance.now() - start);
    }
    return median(times);
  } finally {
    await file.close();
    await rm(path, { force: true });
  }
};
