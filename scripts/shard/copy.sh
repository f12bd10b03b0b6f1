#!/bin/sh
# Copies a county's base data from one database to another, both migrated: all of
# it in one transaction there; here nothing changes. attach.sql then sees whether
# the two are the same.
#
#     scripts/shard/copy.sh postgres://serves/landcheck postgres://shard/landcheck 150124
set -eu
from=$1 to=$2 county=$3
case $county in
[0-9][0-9][0-9][0-9][0-9][0-9]) ;;
*) echo "copy.sh: county $county is not six digits" >&2; exit 2 ;;
esac
there=$(psql "$from" -qAtX -v ON_ERROR_STOP=1 -c "select count(*) from base.county_server where county = '$county' and server is null")
[ "$there" = 1 ] || { echo "copy.sh: the base data of county $county is not in the first database: see where.sql" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# To a file first: a pipe would hide that reading failed.
{
	echo 'copy base.dataset from stdin;'
	psql "$from" -qAtX -v ON_ERROR_STOP=1 -c "copy (select * from base.dataset where county = '$county' order by id) to stdout"
	echo '\.'
	pg_dump "$from" --no-owner --no-privileges -t "base.feature_${county}_*"
} >"$work/county.sql"
psql "$to" -qX1 -v ON_ERROR_STOP=1 -o /dev/null -f "$work/county.sql"
