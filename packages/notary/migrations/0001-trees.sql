create schema notary;

-- Who signs. The seed is null when the key is kept outside of the database (NOTARY_KEY); the salt makes what a leaf
-- commits to unguessable, and has to outlive everything that was ever sealed.
create table notary.identity (
  the_only_one boolean primary key default true check (the_only_one),
  public_key bytea not null,
  seed bytea,
  salt text not null,
  created_at timestamptz not null default clock_timestamp()
);

-- Up to where the log has been sealed.
create table notary.progress (
  the_only_one boolean primary key default true check (the_only_one),
  position bigint not null
);
insert into notary.progress (position) values (0);

-- One tree a tenant. The frontier is the roots of the perfect trees that its leaves make up, the largest first.
create table notary.tree (
  tenant_id text collate "C" primary key,
  size bigint not null,
  position bigint not null,
  frontier bytea not null
);

-- One leaf an event, in log order, with what an auditor looks events up by.
create table notary.leaf (
  tenant_id text collate "C" not null,
  n bigint not null,
  position bigint not null,
  stream_id text collate "C" not null,
  revision integer not null,
  type text collate "C" not null,
  actor text not null,
  command_key text not null,
  recorded_at timestamptz not null,
  -- `<tenant>/<kind>/<id>` of what the event is about.
  subjects text[] not null,
  hash bytea not null,
  primary key (tenant_id, n)
);
create unique index leaf_by_position on notary.leaf (tenant_id, position);
create index leaf_by_command on notary.leaf (tenant_id, command_key);
create index leaf_by_stream on notary.leaf (stream_id, revision);
create index leaf_by_subject on notary.leaf using gin (subjects);

-- Roots of perfect trees of 256, 65536, ... leaves (levels 8, 16, ...), so that a proof reads a few hundred hashes.
create table notary.node (
  tenant_id text collate "C" not null,
  level smallint not null,
  n bigint not null,
  hash bytea not null,
  primary key (tenant_id, level, n)
);

-- Every tree head that was ever signed.
create table notary.checkpoint (
  tenant_id text collate "C" not null,
  size bigint not null,
  position bigint not null,
  root bytea not null,
  note text not null,
  sealed_at timestamptz not null,
  primary key (tenant_id, size)
);
