#!/bin/sh
# Runs schemathesis, which makes up requests from the service's description and
# holds the answers against it: schemathesis.sh CONFIG URL [FLAGS]. It lives in
# a virtual environment of its own under the user's cache directory, made when
# it is not there; the versions are in schemathesis.txt.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
config=${1:?usage: schemathesis.sh CONFIG URL}
url=${2:?usage: schemathesis.sh CONFIG URL}
shift 2

python=python3
[ ! -x /usr/bin/python3 ] || python=/usr/bin/python3
wanted=$( (cat "$here/schemathesis.txt"; "$python" --version) | sha256sum | cut -c1-16)
home=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/landcheck/schemathesis-$wanted
if [ ! -x "$home/bin/st" ]; then
	mkdir -p "$(dirname "$home")"
	rm -rf "$home"
	"$python" -m venv "$home" || { echo "schemathesis.sh: run scripts/install.sh test for python3-venv" >&2; exit 1; }
	"$home/bin/pip" install --quiet --disable-pip-version-check --no-deps --requirement "$here/schemathesis.txt" || {
		rm -rf "$home"
		exit 1
	}
fi
exec "$home/bin/st" --config-file "$config" run "$url" "$@"
