-- Claims keys, and appends events as `log.append` does, in one statement and one commit. Used where the log is kept in
-- this database. For each claim: tenant, key, and the fingerprint of the content that the key is to belong to. Gives what
-- `log.append` gives; or, when keys belong to other content, the numbers of those claims, and nothing is appended then.
-- Claims are taken before the lock on the head, in the order of their keys, so that no two of these wait for each other.
create function commanding.append(
  bundles integer[], stream_ids text[], expecteds integer[], firsts integer[], sizes integer[],
  owners integer[], types text[], ids uuid[], datas json[], metas json[],
  tenants text[], keys text[], fingerprints text[],
  out head bigint, out revisions integer[], out takens boolean[], out misused integer[]
) language plpgsql as $$
declare
  claimed integer;
begin
  if cardinality(keys) > 0 then
    insert into commanding.command_key (tenant_id, key, fingerprint)
    select c.tenant_id, c.key, c.fingerprint
    from unnest(tenants, keys, fingerprints) with ordinality as c(tenant_id, key, fingerprint, n)
    order by c.tenant_id, c.key, c.n
    on conflict do nothing;
    get diagnostics claimed = row_count;

    -- Whoever made the insert step aside has committed, so this statement's snapshot holds its row.
    if claimed < cardinality(keys) then
      select array_agg(c.n::integer order by c.n) into misused
      from unnest(tenants, keys, fingerprints) with ordinality as c(tenant_id, key, fingerprint, n)
      where c.fingerprint <> (
        select k.fingerprint from commanding.command_key k where k.tenant_id = c.tenant_id and k.key = c.key
      );
      if misused is not null then
        return;
      end if;
    end if;
  end if;

  select a.head, a.revisions, a.takens into head, revisions, takens
  from log.append(bundles, stream_ids, expecteds, firsts, sizes, owners, types, ids, datas, metas) a;
end
$$;
