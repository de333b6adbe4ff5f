create schema privacy;

-- Proves that a master key is the one under which the keys below were wrapped.
create table privacy.master (
  the_only_one boolean primary key default true check (the_only_one),
  proof bytea not null
);

-- The people of whom the log holds personal data, each with the key that this data is encrypted under. An erased one
-- keeps its row, without key, name and whatever else would tell who it was.
create table privacy.subject (
  tenant_id text not null,
  subject_id text not null,
  kind text not null,
  -- Ids of things the person belongs to; never personal.
  about json not null,
  -- A keyed hash by which the person is found again.
  lookup bytea,
  -- The subject's key, encrypted under the master key.
  wrapped_key bytea,
  -- What the person is called, encrypted under the subject's key.
  label text,
  created_at timestamptz not null default clock_timestamp(),
  erased_at timestamptz,
  -- Counts the erasures of the installation in the order in which they were committed.
  erasure bigint,
  primary key (tenant_id, subject_id)
);

create unique index subject_lookup on privacy.subject (tenant_id, lookup) where lookup is not null;
create index subject_erasure on privacy.subject (erasure) where erasure is not null;

-- How many erasures there were, and up to which position of the log all that it tells of were carried out. The row is
-- locked by whoever erases, so that nobody who remembers a count can miss an erasure.
create table privacy.erasures (
  the_only_one boolean primary key default true check (the_only_one),
  count bigint not null default 0,
  settled bigint not null default 0
);
insert into privacy.erasures default values;
