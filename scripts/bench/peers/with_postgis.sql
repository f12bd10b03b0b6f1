-- The five questions by hand-written SQL over loaded and indexed tables. The
-- plan's layers were loaded just before. Written as one reads about doing it
-- well: index joins, containment before intersection, big polygons subdivided,
-- geodesic areas computed once for what is left.
\set QUIET on
\pset format unaligned
\pset tuples_only on
set jit = off;
analyze gone; analyze fresh; analyze turned;

create function pg_temp.m2(g geometry) returns double precision language sql immutable parallel safe
  as $$ select ST_Area(ST_Transform(g, 4490)::geography) $$;
create function pg_temp.common(a geometry, b geometry) returns geometry language sql immutable parallel safe
  as $$ select case when ST_CoveredBy(a, b) then a else ST_CollectionExtract(ST_Intersection(a, b), 3) end $$;

create temp table cut as
  select geom, yjjbntmj / pg_temp.m2(whole) as share
  from (select pg_temp.common(o.geom, p.geom) as geom, p.yjjbntmj, p.geom as whole
        from gone o join pbf p on ST_Intersects(o.geom, p.geom) and not ST_Touches(o.geom, p.geom)) x
  where not ST_IsEmpty(geom);

create temp table new as
  select i.kcxs, case when p.geom is null then i.geom else ST_Difference(i.geom, p.geom) end as geom
  from fresh i left join lateral (
    select ST_Union(p.geom) as geom from pbf p where ST_Intersects(i.geom, p.geom) and not ST_Touches(i.geom, p.geom)) p on true;

create temp table changed as
  select * from (
    select l.dlbm as before, t.bghdlbm as after, pg_temp.common(t.geom, l.geom) as geom
    from turned t join land l on ST_Intersects(t.geom, l.geom) and not ST_Touches(t.geom, l.geom)) x
  where not ST_IsEmpty(geom);

with
out as (
  select left(t.xzqdm, 9) as code, sum(pg_temp.m2(pg_temp.common(c.geom, t.geom)) * share) as net
  from cut c join townships t on ST_Intersects(c.geom, t.geom) group by 1),
designated as (select left(zldwdm, 9) as code, sum(yjjbntmj) as m2 from pbf group by 1),
placed as (
  select pg_temp.common(n.geom, l.geom) as geom, coalesce(n.kcxs, l.kcxs, 0) as ridge
  from new n join land l on ST_Intersects(n.geom, l.geom) and not ST_Touches(n.geom, l.geom)),
hurt as (
  select geom from changed where before <> after and after not in (:ecological)
  union all select geom from new where not ST_IsEmpty(geom)),
occupied as (
  select sum(pg_temp.m2(pg_temp.common(h.geom, r.geom))) as a from (select row_number() over () as id, geom from hurt) h
  join red r on ST_Intersects(h.geom, r.geom) group by h.id),
enclosed as (
  select sum(pg_temp.m2(pg_temp.common(c.geom, u.geom))) as a from (select row_number() over () as id, geom from cut) c
  join urban u on ST_Intersects(c.geom, u.geom) group by c.id),
building as (
  select before, after, pg_temp.m2(pg_temp.common(c.geom, q.geom)) as a from changed c join project q on ST_Intersects(c.geom, q.geom))
select json_build_object(
  'designated', (select json_object_agg(code, m2) from designated where code in (select code from out where net > 0)),
  'out', (select json_object_agg(code, net) from out where net > 0),
  'in_project', (select coalesce(sum(pg_temp.m2(pg_temp.common(p.geom, q.geom)) * (1 - ridge)), 0)
     from placed p join project q on ST_Intersects(p.geom, q.geom)),
  'in_abroad', (select coalesce(sum(pg_temp.m2(pg_temp.common(n.geom, t.geom))), 0)
     from new n join townships t on ST_Intersects(n.geom, t.geom) where left(t.xzqdm, 6) <> '150123'),
  'lost', (select coalesce(sum(a), 0) from building where before in (:construction) and after not in (:construction)),
  'gained', (select coalesce(sum(a), 0) from building where before not in (:construction) and after in (:construction)),
  'red_line', (select coalesce(sum(a), 0) from occupied where a >= 1),
  'urban', (select coalesce(sum(a), 0) from enclosed where a >= 1));
