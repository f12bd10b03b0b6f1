"""Ellipsoidal parcel area (TD/T 1055) of arrays of geometries, vectorised."""
import numpy as np
import pyproj
import shapely

B2 = 2 * 6356752.314140356**2
SERIES = (1.0033640898341927, 0.001124189381927124, 1.699459473518905e-6, 2.7178578455775555e-9, 4.358419004834514e-12)


def areas(geometries, crs):
    """Area in m² of each polygon or multipolygon, whatever way its rings run."""
    parts, owner = shapely.get_parts(geometries, return_index=True)
    keep = shapely.get_dimensions(parts) == 2  # an overlay also leaves lines and points
    parts, owner = parts[keep], owner[keep]
    # The rule cuts an edge longer than 70 m into equal parts.
    parts = shapely.segmentize(shapely.orient_polygons(parts), 70)
    rings, part = shapely.get_rings(parts, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    if len(xy) == 0:
        return np.zeros(len(geometries))
    to_degrees = pyproj.Transformer.from_crs(crs, 4490, always_xy=True)
    lon, lat = to_degrees.transform(xy[:, 0], xy[:, 1])
    lon, lat = np.radians(lon), np.radians(lat)
    lon -= lon[0]
    same = ring[1:] == ring[:-1]
    db, bm = lat[1:] - lat[:-1], (lat[1:] + lat[:-1]) / 2
    sums = np.zeros(len(db))
    for k, c in enumerate(SERIES):
        n = 2 * k + 1
        sums += (-1) ** k * c * np.sin(n * db / 2) * np.cos(n * bm)
    edges = np.where(same, B2 * (lon[1:] + lon[:-1]) / 2 * sums, 0)
    by_ring = np.bincount(ring[1:], weights=edges, minlength=len(rings))
    by_part = np.bincount(part, weights=by_ring, minlength=len(parts))
    return np.bincount(owner, weights=np.abs(by_part), minlength=len(geometries))
