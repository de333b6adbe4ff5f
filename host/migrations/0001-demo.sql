create schema host;

-- Which demo agencies have been loaded to the end; one that is not named here is loaded on at the next start.
create table host.demo_loaded (
  tenant_id text primary key,
  version integer not null,
  loaded_at timestamptz not null default now()
);
