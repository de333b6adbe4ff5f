-- The audit trail is asked for by who did something and by what was done: the newest first, whatever the tree's size.
create index leaf_by_actor on notary.leaf (tenant_id, actor, n);
create index leaf_by_type on notary.leaf (tenant_id, type, n);
