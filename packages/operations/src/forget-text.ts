import type { Database } from './rows.ts';

const FORGET = `
  update operations.operation
     set input = case when position($2 in input::text) > 0 then '{}'::json else input end,
         result = case when position($2 in result::text) > 0 then null else result end,
         failure = case when position($3 in failure) > 0 then null else failure end
   where tenant_id = $1 and finished_at is not null
     and (position($2 in input::text) > 0 or position($2 in result::text) > 0 or position($3 in failure) > 0)`;

/** Removes what finished operations of a tenant keep that holds a text: their status and their counts of progress stay. */
export const forgetText = async (database: Database, tenantId: string, text: string): Promise<void> => {
  await database.query(FORGET, [tenantId, JSON.stringify(text).slice(1, -1), text]);
};
