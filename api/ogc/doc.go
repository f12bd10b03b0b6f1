// Package ogc is the part of OGC API - Features (17-069r4, 18-058r1) that knows
// nothing of the service: names of coordinate systems and their order of axes,
// boxes, times, and features as GeoJSON.
package ogc
