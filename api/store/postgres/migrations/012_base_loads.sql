-- Base data that was handed in over the service, on its way to a version of its
-- county. A load that nobody has noted for a while has failed: its process is gone.
create table service.base_load (
  id           text primary key,
  county       text not null,
  state        text not null,
  file         text not null,
  size         bigint not null, -- as uploaded
  bytes        bigint not null default 0, -- the same, while its version is kept
  make_current boolean not null,
  done         int not null default 0,
  total        int not null default 0,
  version      int not null default 0,
  missing      text[] not null default '{}',
  problem      jsonb,
  created      timestamptz not null,
  finished     timestamptz,
  by_whom      text not null,
  noted        timestamptz not null
);
create unique index base_load_running on service.base_load (county) where state = 'running';
create index base_load_county on service.base_load (county, id);

create function service.base_usage() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then perform service.add_usage(old.county, -old.bytes); end if;
  if tg_op <> 'DELETE' then perform service.add_usage(new.county, new.bytes); end if;
  return null;
end $$;
create trigger base_usage after insert or delete or update of bytes on service.base_load
  for each row execute function service.base_usage();
