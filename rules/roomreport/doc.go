// Package roomreport writes what a county has left to move (rules/room): as text,
// JSON, an Excel workbook, a GeoPackage and GeoJSON.
//
//	Survey     a county's room, with digests of what it was made of
//	Input      a Room with what it was made of
//	Formats    the table of formats; ByName, ByPath, WriteFile
//	Document   the JSON form, landcheck-room/1
//
// The same input gives the same bytes.
package roomreport
