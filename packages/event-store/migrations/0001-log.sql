-- The log: every event of every stream, in the order in which they were committed.
create schema log;

create table log.events (
  -- Gapless, in commit order.
  position bigint primary key,
  stream_id text collate "C" not null,
  revision integer not null,
  type text collate "C" not null,
  -- Not indexed: a repeated append is found through its stream.
  id uuid not null,
  -- json, not jsonb: it comes back as it went in, and is neither taken apart on append nor put together on read.
  data json not null,
  meta json not null,
  -- To the millisecond; never decreasing along the positions.
  at timestamptz not null,
  unique (stream_id, revision)
);

-- Whoever appends holds this row until commit, so positions are handed out in the order in which they become visible.
-- It is locked and never updated: an updated row leaves a dead version behind with each append, and as long as any old
-- snapshot is open (a backup, a rebuild) the next append would have to step over all of them.
create table log.head (
  the_only_one boolean primary key default true check (the_only_one)
);
insert into log.head default values;

-- Appends to many streams at once; a stream may be named once. What does not fit takes no position and does not fail the
-- others; appends of one bundle are taken all or none. For each append: its bundle, its stream, the revision that the
-- stream must have (-1: none; -2: any will do, unless the stream holds the first of the events already), the number of
-- its first event, counted from 1, and how many they are. For each event: the number of its append, and the stream.
-- Gives the head before, the revision that each stream had, and which appends were taken.
create function log.append(
  bundles integer[], stream_ids text[], expecteds integer[], firsts integer[], sizes integer[],
  owners integer[], owner_streams text[], types text[], ids uuid[], datas json[], metas json[],
  out head bigint, out revisions integer[], out takens boolean[]
) language plpgsql as $$
declare
  newest_at timestamptz;
  -- What has to be added to the number of an append's event to get its place among those taken.
  shifts integer[];
  total integer;
begin
  perform from log.head for update;

  -- From here on each statement has a snapshot that was taken under the lock, so what it sees is final.
  select e.position, e.at into head, newest_at from log.events e order by e.position desc limit 1;
  head := coalesce(head, 0);

  -- The sub-selects are scalar, because those are always answered from the index; `exists` may be turned into a scan of
  -- the whole log.
  with found as materialized (
    select a.*, coalesce((
      select e.revision from log.events e where e.stream_id = a.stream_id order by e.revision desc limit 1
    ), -1) as revision
    from unnest(bundles, stream_ids, expecteds, firsts, sizes)
      with ordinality as a(bundle, stream_id, expected, first, size, n)
  ), judged as (
    select f.n, f.bundle, f.first, f.size, f.revision, case f.expected
      when f.revision then true
      when -2 then (
        select e.revision from log.events e where e.stream_id = f.stream_id and e.id = ids[f.first] limit 1
      ) is null
      else false
    end as fits
    from found f
  ), decided as (
    select j.n, j.first, j.size, j.revision, bool_and(j.fits) over (partition by j.bundle) as taken
    from judged j
  ), placed as (
    select d.n, d.size, d.revision, d.taken,
      (sum(d.size) filter (where d.taken) over (order by d.n))::integer - d.size - d.first + 1 as shift
    from decided d
  )
  select array_agg(p.revision order by p.n), array_agg(p.taken order by p.n),
    array_agg(coalesce(p.shift, 0) order by p.n), sum(p.size) filter (where p.taken)
  into revisions, takens, shifts, total
  from placed p;

  if total > 0 then
    insert into log.events (position, stream_id, revision, type, id, data, meta, at)
    select head + e.n + shifts[e.owner], e.stream_id, revisions[e.owner] + 1 + e.n - firsts[e.owner],
      e.type, e.id, e.data, e.meta, greatest(newest_at, date_trunc('milliseconds', clock_timestamp()))
    from unnest(owners, owner_streams, types, ids, datas, metas)
      with ordinality as e(owner, stream_id, type, id, data, meta, n)
    where takens[e.owner];

    perform pg_notify('headroom_log', (head + total)::text);
  end if;
end
$$;

-- The last position recorded at or before an instant, 0 when there is none: a binary search over the primary key, since
-- `at` never decreases along it.
create function log.position_at(instant timestamptz) returns bigint language plpgsql stable as $$
declare
  low bigint := 0;
  high bigint := coalesce((select e.position from log.events e order by e.position desc limit 1), 0);
  middle bigint;
begin
  while low < high loop
    middle := (low + high + 1) / 2;
    if (select e.at from log.events e where e.position <= middle order by e.position desc limit 1) <= instant then
      low := middle;
    else
      high := middle - 1;
    end if;
  end loop;
  return low;
end
$$;
