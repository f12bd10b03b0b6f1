#!/bin/sh
# Takes the pictures of the manual anew, api/manual/pictures/*.webp: the page as
# it is with a sample plan, and the map of its report. The drawings there
# (.svg) are written by hand. Needs Chromium.
set -eu
cd "$(dirname "$0")/.."
scripts/page.sh
go build -trimpath -o bin/landcheck ./cmd/landcheck
dir=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$dir"' EXIT
bin/landcheck sample "$dir/sample" >/dev/null
plan="$dir/sample/plans/02-over-five-percent.zip"
for lang in zh en; do
	bin/landcheck check "$plan" --base "$dir/sample/base" --lang $lang --quiet --fail-on never -o "$dir/$lang.html" >/dev/null
done
at=127.0.0.1:18931
bin/landcheck serve --base "$dir/sample/base" --data "$dir/data" --listen $at --metrics-listen none >"$dir/log" 2>&1 &
server=$!
for _ in $(seq 100); do
	curl -sf "http://$at/readyz" >/dev/null && break
	sleep 0.1
done
(cd api/web && node pictures.mjs "http://$at/" "$plan" "$dir" ../manual/pictures)
