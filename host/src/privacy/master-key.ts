import { join } from 'node:path';
import { masterKeyInFile } from '@headroom/privacy';
import { Explained } from '../process/explain.ts';
import type { Settings } from '../settings.ts';

/**
 * The master key: that of `MASTER_KEY`, else the one in the data folder, made at the first start. Throws `Explained` when
 * there is none and none can be made.
 */
export const masterKeyOf = ({ masterKey, dataDir }: Pick<Settings, 'masterKey' | 'dataDir'>): string => {
  if (masterKey !== undefined) return masterKey;
  try {
    return masterKeyInFile(join(dataDir, 'master-key')).key;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Explained(`MASTER_KEY is not set, and no key can be kept in ${dataDir}: ${why}`);
  }
};
