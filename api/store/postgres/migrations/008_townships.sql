-- Township ledgers: which projects of a county moved how much basic farmland. They
-- outlive the plan and the check that the figures were read from, so nothing is
-- referenced.
create table service.project (
  county   text not null,
  code     text not null,
  name     text not null,
  check_id text not null,
  plan_id  text not null,
  digest   text not null,
  moves    jsonb not null, -- [{township, pbf_out_m2, pbf_in_m2}], net m²
  entered  timestamptz not null,
  by_whom  text not null,
  primary key (county, code)
);
