#!/usr/bin/env python3
"""Makes gausskruger.json: places in degrees and on the plane, to 40 digits.

No series: on the meridian the northing is its arc, an integral; off it Gauss-Krüger
is the analytic continuation of that. The isometric latitude of the place plus i
times its longitude is that of a complex latitude, found by Newton's method, whose
arc is northing plus i times easting.

    pip install mpmath && python3 gausskruger.py > gausskruger.json
"""
import json, random
from mpmath import mp, mpf, mpc, atanh, sin, sqrt, tan, log, pi, quad, findroot, radians

mp.dps = 40
random.seed(20261201)
a, f = mpf(6378137), 1 / mpf("298.257222101")
e2 = f * (2 - f)
e = sqrt(e2)


def isometric(lat):
    return log(tan(pi / 4 + lat / 2)) - e * atanh(e * sin(lat))


def arc(lat):
    return quad(lambda b: a * (1 - e2) / (1 - e2 * sin(b) ** 2) ** mpf(1.5), [0, lat])


def plane(lat, lon):
    want = isometric(radians(mpf(lat))) + mpc(0, 1) * radians(mpf(lon))
    at = findroot(lambda b: isometric(b) - want, mpc(radians(mpf(lat)), radians(mpf(lon)) / 2))
    z = arc(at)
    return z.real, z.imag


rows = []
for reach in (1.6, 3.1, 6.0, 30.0):
    for _ in range(60):
        lat, lon = random.uniform(3, 54), random.uniform(-reach, reach)  # as doubles, exactly
        north, east = plane(lat, lon)
        rows.append({"lat": lat, "lon": lon, "northing": [float(north), float(north - mpf(float(north)))],
                     "easting": [float(east), float(east - mpf(float(east)))]})
print("[" + ",\n".join(json.dumps(r, separators=(",", ":")) for r in rows) + "]")
