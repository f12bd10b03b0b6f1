#!/usr/bin/env bash
# go test with the arguments given. What failed is named once more at the end,
# by package: of a long log often only the last lines are shown.
set -uo pipefail
log=$(mktemp)
trap 'rm -f "$log"' EXIT
"${GO:-go}" test "$@" 2>&1 | tee "$log"
status=$?
[ $status = 0 ] || awk '
	/^[^ \t]+\.go:[0-9]+:[0-9]+: / { summary = summary "  " $0 "\n" } # does not compile
	/^ *--- FAIL/ || /^ *✖ / || /^panic: / || /^fatal error: / || /^WARNING: DATA RACE/ || /^\t\tTest/ {
		if (!seen[$0]++) failed = failed "  " $0 "\n"
	}
	/^ok  \t/ { failed = "" }
	/^FAIL\t/ { summary = summary $0 "\n" failed; failed = ""; split("", seen) }
	END { print "\nFailed:"; printf "%s", summary }' "$log"
exit $status
