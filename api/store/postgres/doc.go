// Package postgres is the store in PostgreSQL, for any number of service and
// worker processes on any number of machines.
//
// Three schemas: base is the base data (geo/postgis), river the job queue, and
// service everything else. A queued check is a row of service.check_run and, in
// the same transaction, one River job: a ticket that names no check. Whoever
// draws a ticket takes up the check that is due by fairness – of the county
// with the fewest running, in turn – so that one county's backlog waits behind
// its own kind only.
//
// A claim is a lease that its worker renews and a fence that grows with every
// claim. A worker that dies lets its lease run out, any other hands the check
// back to the queue; a worker that only seemed dead finds its fence outdated
// and can change nothing. So a check ends once, with the artifacts of the run
// that ended it, all in one transaction.
package postgres
