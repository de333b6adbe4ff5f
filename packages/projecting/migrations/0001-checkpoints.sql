create schema projecting;

-- How far each projection has folded the log. Rows and checkpoint change in one transaction.
create table projecting.checkpoint (
  projection text collate "C" primary key,
  position bigint not null,
  version integer not null,
  -- What its tables looked like when they were made.
  fingerprint text not null,
  -- stopped: an event that it cannot fold; `failure` says which one and why.
  status text not null check (status in ('following', 'stopped')),
  failure json,
  updated_at timestamptz not null default clock_timestamp(),
  check ((status = 'stopped') = (failure is not null))
) with (fillfactor = 50);

-- Who may fold. The token grows with every holder: a holder that lost the lease cannot write any more.
create table projecting.lease (
  name text collate "C" primary key,
  holder text not null,
  token bigint not null,
  expires_at timestamptz not null
) with (fillfactor = 50);

-- Throws unless the lease is held under this token (HR001).
create function projecting.check_lease(lease_name text, held_token bigint) returns void
language plpgsql as $$
begin
  perform 1 from projecting.lease where name = lease_name and token = held_token;
  if not found then
    raise exception 'the lease % is no longer held under token %', lease_name, held_token using errcode = 'HR001';
  end if;
end $$;

-- Moves checkpoints, all or none: throws when the lease is lost (HR001), or when one does not stand where its writer
-- believed it to be (HR002). They are locked in the order of their names, as everybody does who locks several.
create function projecting.advance(
  lease_name text, held_token bigint, projections text[], expected bigint[], reached bigint
) returns void
language plpgsql as $$
declare
  moved integer;
begin
  perform 1 from projecting.checkpoint c where c.projection = any (projections) order by c.projection for update;
  -- A rebuild that held them until now has taken the lease away: look only after the wait.
  perform projecting.check_lease(lease_name, held_token);
  update projecting.checkpoint c set position = reached, updated_at = clock_timestamp()
    from unnest(projections, expected) as e (projection, position)
    where c.projection = e.projection and c.position = e.position and c.status = 'following';
  get diagnostics moved = row_count;
  if moved <> cardinality(projections) then
    raise exception 'a checkpoint of % does not stand where it was believed to be', projections
      using errcode = 'HR002';
  end if;
end $$;
