create schema operations;

-- What came with a request and is to be read later: kept in pieces, so that neither end holds all of it.
create table operations.spool (
  spool_id text primary key,
  begun_at timestamptz not null default clock_timestamp()
);

create table operations.spool_piece (
  spool_id text not null references operations.spool on delete cascade,
  n integer not null,
  piece bytea not null,
  primary key (spool_id, n)
);
alter table operations.spool_piece alter column piece set storage external;

-- Work that takes longer than a request may. Whoever holds the advisory lock of an operation carries it out; the lock
-- ends with the process that holds it, and the next one goes on at the checkpoint.
create table operations.operation (
  tenant_id text not null,
  operation_id text not null,
  kind text not null,
  fingerprint text not null,
  actor text not null,
  permission text not null,
  input json not null,
  spool_id text references operations.spool on delete set null,
  status text not null check (status in ('waiting', 'running', 'succeeded', 'failed', 'cancelled')),
  cancel_requested boolean not null default false,
  attempts integer not null default 0,
  retry_at timestamptz not null,
  phase text,
  done bigint not null default 0,
  total bigint,
  done_at_start bigint not null default 0,
  checkpoint json,
  result json,
  failure text,
  requested_at timestamptz not null,
  started_at timestamptz,
  updated_at timestamptz not null,
  finished_at timestamptz,
  primary key (tenant_id, operation_id)
);

create index operation_open on operations.operation (requested_at) where status in ('waiting', 'running');
create index operation_spool on operations.operation (spool_id) where spool_id is not null;
create index operation_by_time on operations.operation (tenant_id, requested_at desc, operation_id desc);
