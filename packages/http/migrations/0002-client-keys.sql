-- Keys of the client portal: whose projects they show, and perhaps which one alone.
alter table access.api_key add column client_id text, add column project_id text;
