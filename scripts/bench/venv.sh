#!/bin/sh
# Makes a Python environment with the peers of the benchmark, exact versions.
# DuckDB's spatial extension comes from PyPI too: its own hub is not needed.
set -eu
dir=${1:?usage: venv.sh DIR}
want="geopandas==1.2.0 shapely==2.2.0 pyogrio==0.13.0 pyproj==3.7.2 numpy==2.4.6 pandas==3.1.1 pyarrow==26.0.1 duckdb==1.5.5 duckdb-extension-spatial==1.5.5"
[ -f "$dir/complete" ] && [ "$(cat "$dir/complete")" = "$want" ] && exit 0
rm -rf "$dir"
python3 -m venv "$dir"
# shellcheck disable=SC2086 # a list
"$dir/bin/pip" install -q --disable-pip-version-check $want
echo "$want" >"$dir/complete"
