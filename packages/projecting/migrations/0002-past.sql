-- Up to where versions of rows are kept from which answers about the past are made, apart for each projection.
create table projecting.past (
  projection text collate "C" primary key,
  position bigint not null,
  version integer not null,
  -- What its tables looked like, and at which positions versions are kept.
  fingerprint text not null
) with (fillfactor = 50);
