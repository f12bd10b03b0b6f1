// Package chromium prints a page of HTML as PDF by a browser of the Chromium
// family: the one program that prints Chinese, tables and drawings as the page
// itself says (@page, page numbers in its margins since version 131).
//
// The browser is run by its command line, without a debugging port and without
// a library that drives one: the page needs nothing but to be printed. It has a
// profile of its own, no network, a time limit, a memory limit on Linux, and is
// gone with all its processes when it is done or the caller gives up. The same
// page gives the same bytes with the same browser and fonts.
package chromium
