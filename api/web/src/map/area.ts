// Ellipsoidal area 图斑椭球面积 (TD/T 1055, annex): the sum over edges of the
// trapezoid between the edge and a reference meridian, on CGCS2000.

const b = 6356752.314140356;
const series = [1.0033640898341927, 0.001124189381927124, 1.699459473518905e-6, 2.7178578455775555e-9, 4.358419004834514e-12];
const longest = 70; // m: longer edges are cut before they leave the plane
const rad = Math.PI / 180;

export type Point = [number, number];

/** The area of a ring, m². Its points are metres in a zone; degrees turns them
 * into longitude and latitude. The ring may be open or closed. */
export function ringArea(ring: Point[], degrees: (p: Point) => Point): number {
  if (ring.length < 3) return 0;
  const base = degrees(ring[0])[0] * rad;
  let sum = 0, from = degrees(ring[0]);
  for (let i = 0; i < ring.length; i++) {
    const p = ring[i], q = ring[(i + 1) % ring.length];
    const parts = Math.floor(Math.hypot(q[0] - p[0], q[1] - p[1]) / longest) + 1;
    for (let k = 1; k <= parts; k++) {
      const to = degrees([p[0] + (q[0] - p[0]) * k / parts, p[1] + (q[1] - p[1]) * k / parts]);
      sum += trapezoid(from, to, base);
      from = to;
    }
  }
  return Math.abs(sum);
}

function trapezoid(p: Point, q: Point, base: number): number {
  const half = (q[1] - p[1]) * rad / 2, middle = (p[1] + q[1]) * rad / 2, width = (p[0] + q[0]) * rad / 2 - base;
  let sum = 0;
  for (let k = 0; k < series.length; k++) {
    const n = 2 * k + 1;
    sum += (k % 2 ? -1 : 1) * series[k] * Math.sin(n * half) * Math.cos(n * middle);
  }
  return 2 * b * b * width * sum;
}
