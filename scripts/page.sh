#!/bin/sh
# Builds the web page into api/web/dist, from where go build takes it. Packages
# come by the lock file. Nothing is done where nothing has changed. Without this
# go build works too: the program then shows how to build the page.
set -eu
cd "$(dirname "$0")/../api/web"

if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
	echo "page: npm ci"
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error ||
		{ echo "page.sh: npm could not fetch the packages of api/web/package-lock.json; go build ./cmd/landcheck builds the program without the page" >&2; exit 1; }
	touch node_modules/.package-lock.json
fi
[ -n "$(find src build.mjs package-lock.json -newer dist/index.html 2>/dev/null)" ] || [ ! -e dist/index.html ] || exit 0
node_modules/.bin/tsc --noEmit -p .
node build.mjs
