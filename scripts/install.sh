#!/bin/sh
# Installs what landcheck needs on Debian 12, by package name: nothing that is
# there already is touched. "install.sh build" is enough to build and run;
#   lint     adds what tests are compiled with
#   dist     what make dist does
#   test-dist what make test-dist does; Wine and QEMU where they can be had
#   service  what scripts/service.sh takes
#   test     what the tests compare against
#   bench    what the benchmark does
set -eu

build="gcc libc6-dev pkg-config libgeos-dev"
# The web page is built by Node, whoever installed it.
command -v node >/dev/null && command -v npm >/dev/null || build="$build nodejs npm"
# The distribution's current PostGIS: Debian 12 has it for PostgreSQL 15.
postgis=$(apt-cache pkgnames postgresql- 2>/dev/null | grep -E '^postgresql-[0-9]+-postgis-3$' | sort -V | tail -1)
service="$build curl ${postgis:-postgresql-15-postgis-3}"
lint="$build libproj-dev proj-data" # tests hold the projection against PROJ
dist="$build python3-venv python3-pip debian-archive-keyring dpkg"
test="$service libproj-dev proj-data gdal-bin python3-venv chromium zbar-tools fonts-wqy-microhei poppler-utils pgbouncer"

bench="$test postgis"
foreign= # what tests do without, and say so

case "${1:-build}" in
build) packages=$build ;;
lint) packages=$lint ;;
dist) packages=$dist ;;
test-dist) packages="$dist $service libproj-dev proj-data gdal-bin" foreign="wine64 qemu-user-static" ;;
service) packages=$service ;;
test) packages=$test ;;
bench) packages=$bench ;;
*) echo "usage: install.sh [build|lint|dist|test-dist|service|test|bench]" >&2; exit 2 ;;
esac

# missing PACKAGES: those that are not there.
missing() {
	for p in "$@"; do
		dpkg-query -W -f '${Status}' "$p" 2>/dev/null | grep -q 'install ok installed' || printf ' %s' "$p"
	done
}
# shellcheck disable=SC2086 # a list of names
missing=$(missing $packages) foreign=$(missing $foreign)
[ -n "$missing$foreign" ] || exit 0

sudo=
if [ "$(id -u)" != 0 ]; then
	sudo=sudo
	command -v sudo >/dev/null || { echo "install.sh: needs root or sudo to install:$missing$foreign" >&2; [ -n "$missing" ] || exit 0; exit 1; }
fi
echo "installing:$missing$foreign"
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get update -qq || [ -z "$missing" ]
# Another installation, such as the nightly one, may hold the lock for a while.
# shellcheck disable=SC2086 # a list of names
install() { $sudo apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends "$@" >/dev/null; }
# shellcheck disable=SC2086
[ -z "$missing" ] || install $missing
for p in $foreign; do
	install "$p" || echo "install.sh: $p is not installable here; what needs it is left out" >&2
done
