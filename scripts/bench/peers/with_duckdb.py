"""The five questions in DuckDB's SQL with its spatial extension.

    python with_duckdb.py BASE_DIR PLAN.zip ANSWERS.json

The layers are read in place by the extension's own reader; joins on
ST_Intersects are DuckDB's own spatial join. Only pairs that are not settled by
containment are intersected. Areas are geodesic, on the ellipsoid of CGCS2000.
"""
import json
import os
import sys

import duckdb
import duckdb_extension_spatial

from classes import CONSTRUCTION, ECOLOGICAL

base, plan, out_path = sys.argv[1:]
db = duckdb.connect()
where = os.path.dirname(duckdb_extension_spatial.__file__)
db.execute(f"LOAD '{where}/extensions/v{duckdb.__version__}/spatial.duckdb_extension'")
db.execute("SET geometry_always_xy = true")


def layer(name):
    return f"ST_Read('/vsizip/{plan}/{name}.shp')"


boxes = db.execute(f"""
    SELECT ST_XMin(g), ST_YMin(g), ST_XMax(g), ST_YMax(g)
    FROM (SELECT unnest(ST_Dump(geom)).geom AS g FROM {layer('ZZQY')})""").fetchall()


# The native reader: three times as fast as ST_Read. It knows no GBK, so text
# columns come as bytes; the ones that are asked for hold ASCII.
def near(name, columns):
    boxed = " OR ".join(f"geom && ST_MakeEnvelope({x0!r}, {y0!r}, {x1!r}, {y1!r})" for x0, y0, x1, y1 in boxes)
    return f"SELECT {columns}, geom FROM ST_ReadSHP('{base}/{name}.shp') WHERE {boxed}"


AREA = "ST_Area_Spheroid(ST_Transform(%s, 'EPSG:4525', 'EPSG:4490'))"


def area(g):
    return AREA % g


def common(a, b):
    return f"CASE WHEN ST_CoveredBy({a}, {b}) THEN {a} ELSE ST_CollectionExtract(ST_Intersection({a}, {b}), 3) END"


def quote(codes):
    return ", ".join(f"'{c}'" for c in codes)


db.execute(f"""
CREATE TABLE project AS SELECT geom FROM {layer('ZZQY')};
CREATE TABLE gone AS SELECT BSM, geom FROM {layer('YJJBNTTC')};
CREATE TABLE fresh AS SELECT BSM, KCXS, geom FROM {layer('YJJBNTBH')};
CREATE TABLE turned AS SELECT BSM, BGHDLBM, geom FROM {layer('DLBG')};
CREATE TABLE townships AS SELECT left(XZQDM, 9) AS code, geom FROM ST_Read('{base}/XZQ.shp');
CREATE TABLE red AS SELECT geom FROM ST_Read('{base}/STBHHX.shp');
CREATE TABLE urban AS SELECT geom FROM ST_Read('{base}/CZKFBJ.shp');
CREATE TABLE pbf AS {near('YJJBNTTB', 'YJJBNTMJ')};
CREATE TABLE land AS {near('DLTB', 'decode(DLBM) AS DLBM, KCXS')};

CREATE TABLE cut AS
  SELECT {common('o.geom', 'p.geom')} AS geom, YJJBNTMJ / {area('p.geom')} AS share
  FROM gone o JOIN pbf p ON ST_Intersects(o.geom, p.geom);
DELETE FROM cut WHERE ST_Area(geom) = 0;

CREATE TABLE new AS
  SELECT i.BSM, any_value(i.KCXS) AS KCXS,
    coalesce(ST_Difference(any_value(i.geom), ST_Union_Agg(CASE WHEN p.geom IS NOT NULL AND ST_Area(ST_Intersection(i.geom, p.geom)) > 1e-3 THEN p.geom END)), any_value(i.geom)) AS geom
  FROM fresh i LEFT JOIN pbf p ON ST_Intersects(i.geom, p.geom) GROUP BY i.BSM;

CREATE TABLE changed AS
  SELECT DLBM AS before, BGHDLBM AS after, {common('t.geom', 'l.geom')} AS geom
  FROM turned t JOIN land l ON ST_Intersects(t.geom, l.geom);
DELETE FROM changed WHERE ST_Area(geom) = 0;
""")

out = dict(db.execute(f"""
  SELECT code, sum({area(common('c.geom', 't.geom'))} * share)
  FROM cut c JOIN townships t ON ST_Intersects(c.geom, t.geom) GROUP BY code HAVING sum(ST_Area(ST_Intersection(c.geom, t.geom))) > 0""").fetchall())
designated = dict(db.execute(f"""
  SELECT left(decode(ZLDWDM), 9), sum(YJJBNTMJ) FROM ST_ReadSHP('{base}/YJJBNTTB.shp') GROUP BY 1""").fetchall())


def one(sql):
    return db.execute(sql).fetchone()[0] or 0.0


in_project = one(f"""
  WITH piece AS (SELECT {common('n.geom', 'l.geom')} AS geom, coalesce(n.KCXS, l.KCXS, 0) AS ridge
    FROM new n JOIN land l ON ST_Intersects(n.geom, l.geom))
  SELECT sum({area(common('p.geom', 'q.geom'))} * (1 - ridge)) FROM piece p, project q WHERE ST_Area(p.geom) > 0""")
abroad = one(f"""
  SELECT sum({area(common('n.geom', 't.geom'))}) FROM new n JOIN townships t ON ST_Intersects(n.geom, t.geom)
  WHERE left(code, 6) <> '150123'""")
lost, gained = db.execute(f"""
  SELECT sum(a) FILTER (before IN ({quote(CONSTRUCTION)}) AND after NOT IN ({quote(CONSTRUCTION)})),
         sum(a) FILTER (before NOT IN ({quote(CONSTRUCTION)}) AND after IN ({quote(CONSTRUCTION)}))
  FROM (SELECT before, after, {area(common('c.geom', 'q.geom'))} AS a FROM changed c, project q)""").fetchone()
red = one(f"""
  WITH hurt AS (SELECT geom FROM changed WHERE before <> after AND after NOT IN ({quote(ECOLOGICAL)})
    UNION ALL SELECT geom FROM new),
  piece AS (SELECT {area(common('h.geom', 'r.geom'))} AS a FROM hurt h JOIN red r ON ST_Intersects(h.geom, r.geom))
  SELECT sum(a) FROM piece WHERE a >= 1""")
urban = one(f"""
  WITH piece AS (SELECT {area(common('c.geom', 'u.geom'))} AS a FROM cut c JOIN urban u ON ST_Intersects(c.geom, u.geom))
  SELECT sum(a) FROM piece WHERE a >= 1""")
json.dump(
    {
        "designated": {t: designated[t] for t in out},
        "out": out, "in_project": in_project, "in_abroad": abroad, "lost": lost or 0, "gained": gained or 0,
        "red_line": red, "urban": urban,
    },
    open(out_path, "w"), indent=1)
