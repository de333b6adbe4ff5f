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
-- its first event, counted from 1, and how many they are. For each event: the number of its append.
-- Gives the head before, the revision that each stream had, and which appends were taken.
create function log.append(
  bundles integer[], stream_ids text[], expecteds integer[], firsts integer[], sizes integer[],
  owners integer[], types text[], ids uuid[], datas json[], metas json[],
  out head bigint, out revisions integer[], out takens boolean[]
) language plpgsql as $$
declare
  newest_at timestamptz;
  appends integer := cardinality(stream_ids);
  -- What has to be added to the number of an append's event to get its place among those taken.
  shifts integer[];
  total integer;
begin
  perform from log.head for update;

  -- From here on each statement has a snapshot that was taken under the lock, so what it sees is final.
  select e.position, e.at into head, newest_at from log.events e order by e.position desc limit 1;
  head := coalesce(head, 0);

  -- A scalar sub-select is always answered from the index; `exists` may be turned into a scan of the whole log.
  revisions := array(
    select coalesce((
      select e.revision from log.events e where e.stream_id = stream_ids[n] order by e.revision desc limit 1
    ), -1)
    from generate_series(1, appends) n order by n
  );

  if revisions = expecteds then
    takens := array_fill(true, array[appends]);
    shifts := array_fill(0, array[appends]);
    total := cardinality(owners);
  else
    with judged as (
      select a.*, case a.expected
        when a.revision then true
        when -2 then (
          select e.revision from log.events e where e.stream_id = stream_ids[a.n] and e.id = ids[a.first] limit 1
        ) is null
        else false
      end as fits
      from unnest(bundles, expecteds, revisions, firsts, sizes)
        with ordinality as a(bundle, expected, revision, first, size, n)
    ), decided as (
      select j.n, j.first, j.size, bool_and(j.fits) over (partition by j.bundle) as taken
      from judged j
    ), placed as (
      select d.n, d.size, d.taken,
        (sum(d.size) filter (where d.taken) over (order by d.n))::integer - d.size - d.first + 1 as shift
      from decided d
    )
    select array_agg(p.taken order by p.n), array_agg(coalesce(p.shift, 0) order by p.n),
      sum(p.size) filter (where p.taken)
    into takens, shifts, total
    from placed p;
  end if;

  if total > 0 then
    insert into log.events (position, stream_id, revision, type, id, data, meta, at)
    select head + n + shifts[owners[n]], stream_ids[owners[n]], revisions[owners[n]] + 1 + n - firsts[owners[n]],
      types[n], ids[n], datas[n], metas[n], greatest(newest_at, date_trunc('milliseconds', clock_timestamp()))
    from generate_series(1, cardinality(owners)) n
    where takens[owners[n]];

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
