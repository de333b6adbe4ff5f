create schema access;

-- API keys. The secret itself is shown once, when the key is made, and is nowhere kept.
create table access.api_key (
  id text primary key,
  tenant_id text not null,
  name text not null,
  environment text not null,
  role text not null,
  -- What an integration may do; empty for the roles of people, whose permissions go with the role.
  scopes text[] not null default '{}',
  -- The specialist whose key it is, for what one may do to one's own things only.
  specialist_id text,
  secret_sha256 bytea not null,
  created_at timestamptz not null,
  created_by text not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  revoked_by text
);

create index api_key_tenant on access.api_key (tenant_id, created_at);
