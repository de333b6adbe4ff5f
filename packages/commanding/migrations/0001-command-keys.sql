create schema commanding;

-- Which content each idempotency key was first used for. It finds a key that is used again, on another stream, for
-- something else; the effect of a command is guarded by the log alone, where key and fingerprint travel in the events.
create table commanding.command_key (
  tenant_id text not null,
  key text not null,
  fingerprint text not null,
  primary key (tenant_id, key)
) with (autovacuum_vacuum_insert_scale_factor = 1);
