// Package postgis keeps base data in PostgreSQL with PostGIS: one row per
// feature, partitioned by county, loaded all or nothing in numbered versions,
// and read back as geo.Layer, so that a check from the database reads the very
// strings and coordinates that the files gave.
//
// Schema base holds two tables: datasets, and features in partitions by county
// and dataset, which is one layer of one load. A county's features can lie on
// another server, of which foreign tables tell. Versions count a county's loads; a load that brings some roles leaves the others as they were:
// version V is, for each role, the newest datasets of version V or before.
// Nothing that was loaded ever changes, so a reader needs no lock and no
// transaction.
package postgis
