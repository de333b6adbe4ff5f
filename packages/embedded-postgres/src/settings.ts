/** Server settings by name; every value as the text that postgresql.conf would hold. */
export type Settings = Readonly<Record<string, string>>;

/** Meant for one machine that does everything: durable, low latency, no replication. */
export const productionSettings: Settings = {
  max_connections: '100',
  shared_buffers: '128MB',
  fsync: 'on',
  synchronous_commit: 'on',
  // Nothing replicates from an embedded server, and a bulk load into a fresh shadow table then needs no WAL.
  wal_level: 'minimal',
  max_wal_senders: '0',
  wal_buffers: '16MB',
  min_wal_size: '256MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  // Our queries are short; compiling them costs more than it saves.
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  datestyle: 'ISO, YMD',
  // Expected refusals (a unique violation on a retry) belong to the caller, not into the log.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
};

/** For tests: nothing is kept beyond the run, so nothing needs to reach the disk. */
export const throwawaySettings: Settings = {
  max_connections: '300',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
};
