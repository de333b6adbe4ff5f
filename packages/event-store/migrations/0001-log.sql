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

-- Appends to many streams at once. A stream may be named once. What does not fit takes no position and does not fail the
-- others; appends of one bundle are taken all or none. `expecteds`: the revision that the stream must have (-1: none),
-- or -2 when any will do, unless the stream holds the first of the events already. `sizes`: how many of the events
-- belong to each append, in order; `owners`: for each event the append it belongs to, counted from 1.
-- Gives the head before, the revision that each stream had, and which appends were taken.
create function log.append(
  bundles integer[], stream_ids text[], expecteds integer[], sizes integer[],
  owners integer[], types text[], ids uuid[], datas json[], metas json[],
  out head bigint, out revisions integer[], out takens boolean[]
) language plpgsql as $$
declare
  newest_at timestamptz;
  total integer;
begin
  perform from log.head for update;

  -- From here on each statement has a snapshot that was taken under the lock, so what it sees is final.
  select e.position, e.at into head, newest_at from log.events e order by e.position desc limit 1;
  head := coalesce(head, 0);

  with found as materialized (
    select a.n, a.bundle, a.stream_id, a.expected, a.size,
      (sum(a.size) over (order by a.n))::integer - a.size as events_before,
      -- A scalar sub-select is always answered from the index; `exists` may be turned into a scan of the whole log.
      coalesce((
        select e.revision from log.events e where e.stream_id = a.stream_id order by e.revision desc limit 1
      ), -1) as revision
    from unnest(bundles, stream_ids, expecteds, sizes) with ordinality as a(bundle, stream_id, expected, size, n)
  ), judged as materialized (
    select f.*, bool_and(case f.expected
      when f.revision then true
      when -2 then (
        select e.revision from log.events e
        where e.stream_id = f.stream_id and e.id = ids[f.events_before + 1] limit 1
      ) is null
      else false
    end) over (partition by f.bundle) as taken
    from found f
  ), placed as materialized (
    select j.n, j.stream_id, j.events_before,
      j.revision + 1 - j.events_before as revision_offset,
      head + (sum(j.size) over (order by j.n))::integer - j.size - j.events_before as position_offset
    from judged j
    where j.taken
  ), written as (
    insert into log.events (position, stream_id, revision, type, id, data, meta, at)
    select p.position_offset + e.n, p.stream_id, p.revision_offset + e.n - 1, e.type, e.id, e.data, e.meta,
      greatest(newest_at, date_trunc('milliseconds', clock_timestamp()))
    from unnest(owners, types, ids, datas, metas) with ordinality as e(owner, type, id, data, meta, n)
    join placed p on p.n = e.owner
  )
  select array_agg(j.revision order by j.n), array_agg(j.taken order by j.n), sum(j.size) filter (where j.taken)
  into revisions, takens, total
  from judged j;

  if total > 0 then
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
