import { createLogger } from '@headroom/http';

/** For commands that say themselves what there is to say. */
export const quietly = createLogger({ level: 'silent' });
