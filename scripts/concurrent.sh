#!/bin/sh
# The packages of geo and rules that use goroutines or locks of their own: what
# the race detector is for. Tests of the others run on one goroutine.
${GO:-go} list -f '{{.ImportPath}} {{join .Imports " "}}' ./geo/... ./rules/... |
	grep -E ' (landcheck/geo/guard|golang.org/x/sync/errgroup|sync|sync/atomic)( |$)' | cut -d ' ' -f 1
