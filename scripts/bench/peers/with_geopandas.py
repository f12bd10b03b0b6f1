"""The five questions with GeoPandas and shapely 2.

    python with_geopandas.py BASE_DIR PLAN.zip ANSWERS.json [whole]

Columns and boxes are pushed down into the reader, overlay goes through an
STRtree with a predicate (prepared geometry), and only pairs that the predicate
leaves open are intersected, all of them in one vectorised call.
"""
import json
import sys

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

from classes import CONSTRUCTION, ECOLOGICAL
from ellipsoid import areas

base, plan, out_path = sys.argv[1:4]
all_layers = sys.argv[4:] == ["whole"]  # read every layer whole, as most scripts do
SLIVER = 1.0  # m²


def read(name, columns, boxes):
    if all_layers:
        return pyogrio.read_dataframe(f"{base}/{name}.shp", columns=columns, use_arrow=True)
    parts = [pyogrio.read_dataframe(f"{base}/{name}.shp", columns=columns, bbox=tuple(b), use_arrow=True) for b in boxes]
    frame = pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0]
    return frame.drop_duplicates(subset="BSM", ignore_index=True)


def change(name, columns):
    return pyogrio.read_dataframe(f"/vsizip/{plan}/{name}.shp", columns=columns)


def pieces(left, right):
    """Pairs that share land, with what they share: (i, j, geometry)."""
    tree = shapely.STRtree(right)
    wi, wj = tree.query(left, predicate="covered_by")  # wholly inside: nothing to cut
    open_ = np.setdiff1d(np.arange(len(left)), wi)
    i, j = tree.query(left[open_], predicate="intersects")
    i = open_[i]
    cut = shapely.intersection(left[i], right[j])
    shared = shapely.area(cut) > 0
    return np.concatenate([wi, i[shared]]), np.concatenate([wj, j[shared]]), np.concatenate([left[wi], cut[shared]])


project = change("ZZQY", ["BSM"])
gone = change("YJJBNTTC", ["BSM"])
new = change("YJJBNTBH", ["BSM", "KCXS"])
turned = change("DLBG", ["BSM", "BGHDLBM"])
crs = project.crs
area = project.geometry.union_all()
boxes = project.geometry.explode().bounds.values

# Designated by township: attributes alone.
rows = pyogrio.read_dataframe(f"{base}/YJJBNTTB.shp", columns=["ZLDWDM", "YJJBNTMJ"], read_geometry=False, use_arrow=True)
designated = rows["YJJBNTMJ"].groupby(rows["ZLDWDM"].str[:9]).sum()

townships = pyogrio.read_dataframe(f"{base}/XZQ.shp", columns=["XZQDM"])
pbf = read("YJJBNTTB", ["BSM", "YJJBNTMJ"], boxes)
use = read("DLTB", ["BSM", "DLBM", "KCXS"], boxes)
red = pyogrio.read_dataframe(f"{base}/STBHHX.shp", columns=["BSM"]).geometry.values._data
urban = pyogrio.read_dataframe(f"{base}/CZKFBJ.shp", columns=["BSM"]).geometry.values._data


def arr(frame):
    return np.asarray(frame.geometry.values)


# 1. Net PBF out by township.
i, j, cut = pieces(arr(gone), arr(pbf))
whole = areas(arr(pbf)[j], crs)
declared = pbf["YJJBNTMJ"].values[j]
ti, tj, tcut = pieces(cut, arr(townships))
net = areas(tcut, crs) * declared[ti] / whole[ti]
out = pd.Series(net).groupby(townships["XZQDM"].str[:9].values[tj]).sum()

# 5. PBF out inside the urban boundary, gross.
ui, uj, ucut = pieces(cut, np.asarray(urban))
in_urban = areas(ucut, crs)

# 2. Where compensation lies: net of what was not PBF, in the project and abroad.
geometry = arr(new)
pi, pj, pcut = pieces(geometry, arr(pbf))
fresh = geometry.copy()
for k in np.unique(pi):
    fresh[k] = shapely.difference(geometry[k], shapely.union_all(pcut[pi == k]))
li, lj, lcut = pieces(fresh, arr(use))
ridge = np.where(np.isnan(new["KCXS"].values[li]), np.nan_to_num(use["KCXS"].values[lj]), new["KCXS"].values[li])
qi, _, qcut = pieces(lcut, np.asarray([area]))
in_project = areas(qcut, crs) * (1 - ridge[qi])
fi, fj, fcut = pieces(fresh, arr(townships))
at_home = townships["XZQDM"].str[:6].values[fj] == "150123"
abroad = areas(fcut, crs)[~at_home].sum()

# 3. Construction lost and gained in the project area, gross.
bi, bj, bcut = pieces(arr(turned), arr(use))
before, after = use["DLBM"].values[bj], turned["BGHDLBM"].values[bi]
was, will = np.isin(before, CONSTRUCTION), np.isin(after, CONSTRUCTION)
ci, _, ccut = pieces(bcut, np.asarray([area]))
gross = areas(ccut, crs)
lost = gross[was[ci] & ~will[ci]].sum()
gained = gross[~was[ci] & will[ci]].sum()

# 4. Red line occupied: land that turns to a class that is not ecological, and land in.
hurt = (before != after) & ~np.isin(after, ECOLOGICAL)
ri, _, rcut = pieces(np.concatenate([bcut[hurt], fresh]), np.asarray(red))
occupied = areas(rcut, crs)

json.dump(
    {
        "designated": {t: designated[t] for t in out.index},
        "out": out.to_dict(),
        "in_project": in_project.sum(),
        "in_abroad": abroad,
        "lost": lost,
        "gained": gained,
        "red_line": occupied[occupied >= SLIVER].sum(),
        "urban": in_urban[in_urban >= SLIVER].sum(),
    },
    open(out_path, "w"),
    indent=1,
)
