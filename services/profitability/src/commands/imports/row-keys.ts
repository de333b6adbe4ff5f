import { projectionNames } from '@headroom/contracts/questions';
import { derivedId } from '@headroom/kernel';
import type { ReadModels } from '@headroom/projecting';
import type { PlannedRow } from '../../imports/index.ts';
import { voidedEntryTable } from '../../read-models/tables.ts';

/** The entry that a command of this key logs. */
const entryIdOf = (tenantId: string, key: string): string => derivedId('entry', tenantId, key);

/** The imports of those of the entries that a revert voided. */
const voidedOf = async (readModels: ReadModels, tenantId: string, entryIds: readonly string[]) => {
  const where = [
    { column: 'tenantId', equals: tenantId },
    { column: 'entryId', in: entryIds },
  ];
  const rows = await readModels.live([projectionNames.profitability], (reader) =>
    reader.list(voidedEntryTable, { where, orderBy: [], limit: entryIds.length }),
  );
  return new Map(rows.filter(({ byRevert }) => byRevert).map(({ entryId, importId }) => [entryId, importId]));
};

/**
 * The idempotency keys of rows, in their order: made of what the row says, so that the row is known again in any later
 * file. A row whose entry was voided by the revert of its import gets a key that names that import, and so may come in
 * once more; one that somebody voided by hand stays voided.
 */
export const commandKeys = async (
  readModels: ReadModels,
  tenantId: string,
  rows: readonly PlannedRow[],
  reverted: ReadonlySet<string>,
): Promise<string[]> => {
  const keys = rows.map(({ rowKey }) => `import:${rowKey}`);
  let open = reverted.size === 0 ? [] : keys.map((_, index) => index);
  while (open.length > 0) {
    const ids = open.map((index) => entryIdOf(tenantId, keys[index] as string));
    const voided = await voidedOf(readModels, tenantId, ids);
    open = open.filter((index, place) => {
      const importId = voided.get(ids[place] as string);
      if (importId == null || !reverted.has(importId)) return false;
      // Of a fixed length, however often the row has come and gone.
      keys[index] = `import:${derivedId('again', keys[index] as string, importId)}`;
      return true;
    });
  }
  return keys;
};
