#!/usr/bin/env python3
"""Makes karney.json: areas by other roads than the program's.

Vertices are cut at 70 m on the plane and taken to degrees by PROJ's `proj -I`
(Poder/Engsager series). Then two areas:

area    trapezoids between an edge and the first point's meridian, M·N·cos B
        integrated over the edge by Gauss-Legendre: no series.
karney  the geodesic polygon (Karney 2013) by geographiclib 2.1. Its sums reach
        from the equator, so in double precision it carries some 0.001 m² of
        noise a vertex: it proves the absence of a bias, not the last decimals.

    pip install geographiclib && python3 karney.py > karney.json
"""
import json, math, random, subprocess, sys
from geographiclib.geodesic import Geodesic

random.seed(20250615)
ellipsoid = Geodesic(6378137.0, 1 / 298.257222101)


def inverse(points, cm, fe):
    text = "\n".join(f"{x:.9f} {y:.9f}" for x, y in points)
    out = subprocess.run(
        ["proj", "-I", "-f", "%.15f", "+proj=tmerc", "+lat_0=0", f"+lon_0={cm}", "+k=1", f"+x_0={fe}", "+ellps=GRS80"],
        input=text, capture_output=True, text=True, check=True).stdout
    return [tuple(map(float, line.split())) for line in out.splitlines()]


def cut(ring):
    for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1]):
        n = int(math.hypot(x1 - x0, y1 - y0) / 70)
        for k in range(n + 1):
            t = k / (n + 1)
            yield x0 + (x1 - x0) * t, y0 + (y1 - y0) * t


def karney(points):
    p = ellipsoid.Polygon()
    for lon, lat in points:
        p.AddPoint(lat, lon)
    return p.Compute(False, True)[2]


GAUSS = [(-0.7745966692414834, 5 / 9), (0.0, 8 / 9), (0.7745966692414834, 5 / 9)]


def gauss(f, a, b):
    return (b - a) / 2 * math.fsum(w * f((a + b) / 2 + (b - a) / 2 * x) for x, w in GAUSS)


def element(lat):  # M·N·cos B
    e2 = (2 - 1 / 298.257222101) / 298.257222101
    return 6378137.0**2 * (1 - e2) * math.cos(lat) / (1 - e2 * math.sin(lat) ** 2) ** 2


def integral(points):
    p = [(math.radians(lon), math.radians(lat)) for lon, lat in points]
    return math.fsum(
        (l0 + l1 - 2 * p[0][0]) / 2 * gauss(element, b0, b1)
        for (l0, b0), (l1, b1) in zip(p, p[1:] + p[:1]))


def blob(x, y, size, n):
    angles = sorted(random.uniform(0, 2 * math.pi) for _ in range(n))
    return [(round(x + size * r * math.cos(a), 4), round(y + size * r * math.sin(a), 4))
            for a in angles for r in [random.uniform(0.4, 1)]]


cases = []
for i in range(60):
    six = i % 5 == 4  # every fifth lies in a 6° zone, up to 3° from its meridian
    zone = random.randint(16, 21) if six else random.randint(32, 42)
    cm = 6 * zone - 3 if six else 3 * zone
    fe = zone * 1e6 + 5e5
    off = random.uniform(-1, 1) * (220e3 if six else 120e3)
    size = 10 ** random.uniform(1, 2.7)
    ring = blob(fe + off, random.uniform(4.1e6, 5.9e6), size, random.randint(3, 40))
    points = inverse(list(cut(ring)), cm, fe)
    cases.append({"meridian": cm, "easting": fe, "ring": ring, "area": integral(points), "karney": karney(points)})
json.dump(cases, sys.stdout, indent=None, separators=(",", ":"))
print()
