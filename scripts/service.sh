#!/bin/sh
# Starts the service twice on a fresh machine, first from a directory, then on
# a private PostgreSQL with PostGIS; uploads the sample plans with curl, has
# them checked and prints the verdicts. Each report must be that of the command
# line, to the byte. Whatever it starts it stops. Status 0: all of it held.
set -eu

landcheck=${1:?usage: service.sh LANDCHECK DIR [PLANS]}
dir=${2:?usage: service.sh LANDCHECK DIR [PLANS]}
plans=${3:-*} # a pattern for their names
landcheck=$(realpath "$landcheck")
rm -rf "$dir"
mkdir -p "$dir"
dir=$(realpath "$dir")

running= # process ids
cluster= # directory of the database
stop() {
	for pid in $running; do kill "$pid" 2>/dev/null || true; done
	for pid in $running; do wait "$pid" 2>/dev/null || true; done
	[ -z "$cluster" ] || rm -rf "$cluster"
}
trap stop EXIT
trap 'exit 130' INT TERM

# start NAME COMMAND…: runs it and waits for its first words, which say where.
start() {
	name=$1
	shift
	"$@" >"$dir/$name.out" 2>"$dir/$name.log" &
	pid=$!
	running="$running $pid"
	for _ in $(seq 300); do
		[ ! -s "$dir/$name.out" ] || break
		kill -0 "$pid" 2>/dev/null || { cat "$dir/$name.log" >&2; exit 1; }
		sleep 0.1
	done
	cat "$dir/$name.out"
	url=$(sed -n 's#.*\(http://[^/ ]*\)/.*#\1#p' "$dir/$name.out" | head -1)
}

# end NAME PID: told to stop, it must drain and go with status 0.
end() {
	kill -TERM "$2"
	code=0
	wait "$2" || code=$?
	[ $code = 0 ] || { echo "service: $1 ended with $code" >&2; cat "$dir/$1.log" >&2; exit 1; }
	running=$(echo "$running" | sed "s/ $2\$//; s/ $2 / /")
}

# field NAME: the value of a field of the JSON on standard input.
field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }

# verdicts [CURL ARGUMENTS]: every plan through the service at $url.
verdicts() {
	for plan in "$dir"/sample/plans/$plans.zip; do
		name=$(basename "$plan")
		id=$(curl -sS --fail-with-body "$@" -H 'Content-Type: application/zip' --data-binary "@$plan" "$url/v1/plans?name=$name" | field id)
		check=$(curl -sS --fail-with-body "$@" -H 'Prefer: wait=60' -X POST "$url/v1/plans/$id/checks")
		curl -sS --fail-with-body "$@" "$url/v1/checks/$(echo "$check" | field id)/report" | sed 's/"source": "postgis"/"source": "files"/' >"$dir/served.json"
		"$landcheck" check "$plan" --base "$dir/sample/base" --format json --fail-on never >"$dir/command.json" || [ $? = 3 ]
		cmp "$dir/served.json" "$dir/command.json"
		printf '  %-40s %s\n' "$name" "$(echo "$check" | field verdict)"
	done
}

"$landcheck" sample "$dir/sample" >/dev/null

echo "==> landcheck serve --base $dir/sample/base"
start serve "$landcheck" serve --base "$dir/sample/base" --data "$dir/data" --listen 127.0.0.1:0
verdicts
end serve "$pid"

echo
echo "==> PostgreSQL, a cluster of its own (nothing outlives this script, so nothing waits for the disk)"
bin=$(dirname "$(ls /usr/lib/postgresql/*/bin/initdb | sort -V | tail -1)")
cluster=$(mktemp -d /tmp/landcheck-pg.XXXXXX) # a socket's path must be short
as=
if [ "$(id -u)" = 0 ]; then # whom PostgreSQL refuses
	chown postgres "$cluster"
	as="setpriv --reuid postgres --regid postgres --clear-groups"
fi
(
	cd "$cluster"
	$as "$bin/initdb" -D "$cluster/data" -U postgres -A trust -E UTF8 --no-locale --no-sync >"$dir/initdb.log"
)
(
	cd "$cluster"
	exec $as "$bin/postgres" -D "$cluster/data" -k "$cluster" -c listen_addresses= -c fsync=off >"$dir/postgres.log" 2>&1
) &
postgres=$!
running="$postgres"
for _ in $(seq 300); do
	"$bin/psql" -h "$cluster" -U postgres -qc 'create database landcheck' postgres 2>/dev/null && break
	sleep 0.1
done
database="postgres:///landcheck?host=$cluster&user=postgres"

echo "==> landcheck migrate --database $database"
"$landcheck" migrate --database "$database"
echo "==> landcheck load $dir/sample/base --to $database --county 150123"
"$landcheck" load "$dir/sample/base" --to "$database" --county 150123
echo "==> landcheck token create --database $database --name demo"
token=$("$landcheck" token create --database "$database" --name demo --prefix 1501)
echo "==> landcheck worker --database $database"
start worker "$landcheck" worker --database "$database"
worker=$pid
echo "==> landcheck serve --database $database --workers 0"
start serve-database "$landcheck" serve --database "$database" --workers 0 --listen 127.0.0.1:0
server=$pid
verdicts -H "Authorization: Bearer $token"
end serve-database "$server"
end worker "$worker"
kill -TERM "$postgres"
wait "$postgres" || true
running=
