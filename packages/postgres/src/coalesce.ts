export type CoalesceOptions<K, V> = {
  /** One query for all these keys (no two alike); what is absent from the map is absent for its callers. */
  readonly load: (keys: K[]) => Promise<ReadonlyMap<string, V>>;
  /** A key as text: alike keys are asked for once, and `load` answers by it. */
  readonly keyOf: (key: K) => string;
  /** Keys in one load at most; 500 unless told. */
  readonly maxBatch?: number;
  /** Loads at once; 2 unless told. While they are under way the next batch gathers. */
  readonly maxLoads?: number;
};

type Caller<V> = { readonly resolve: (value: V | undefined) => void; readonly reject: (error: unknown) => void };
type Waiting<K, V> = { readonly key: K; readonly callers: Caller<V>[] };

/**
 * Turns single reads into few queries: the reads of one turn of the event loop, and those that come while loads are
 * under way, go out together. No timer, so a lone read waits for nothing. A read never joins a load that began before
 * it, so it sees every write that was finished when it was made. When a load fails, each of its callers gets that error;
 * keep keys that the query chokes on out of it.
 */
export const coalesce = <K, V>(options: CoalesceOptions<K, V>): ((key: K) => Promise<V | undefined>) => {
  const { load, keyOf, maxBatch = 500, maxLoads = 2 } = options;
  const waiting = new Map<string, Waiting<K, V>>();
  let loads = 0;
  let scheduled = false;

  const takeBatch = (): Map<string, Waiting<K, V>> => {
    const batch = new Map<string, Waiting<K, V>>();
    for (const [id, entry] of waiting) {
      if (batch.size === maxBatch) break;
      batch.set(id, entry);
      waiting.delete(id);
    }
    return batch;
  };

  const loadBatch = async (batch: ReadonlyMap<string, Waiting<K, V>>): Promise<void> => {
    const entries = [...batch.values()];
    try {
      const found = await load(entries.map(({ key }) => key));
      for (const [id, { callers }] of batch) for (const { resolve } of callers) resolve(found.get(id));
    } catch (error) {
      for (const { callers } of entries) for (const { reject } of callers) reject(error);
    }
  };

  const dispatch = (): void => {
    scheduled = false;
    while (loads < maxLoads && waiting.size > 0) {
      loads += 1;
      void loadBatch(takeBatch()).then(() => {
        loads -= 1;
        dispatch();
      });
    }
  };

  const schedule = (): void => {
    if (scheduled || loads >= maxLoads) return;
    scheduled = true;
    setImmediate(dispatch);
  };

  return (key) =>
    new Promise((resolve, reject) => {
      const id = keyOf(key);
      const entry = waiting.get(id);
      if (entry) entry.callers.push({ resolve, reject });
      else waiting.set(id, { key, callers: [{ resolve, reject }] });
      schedule();
    });
};
