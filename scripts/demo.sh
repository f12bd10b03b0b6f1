#!/bin/sh
# Writes the sample county, checks every plan in it and leaves each report as
# a page to open. Exit status 0 when every plan got the verdict that the sample
# promises.
set -eu

landcheck=${1:?usage: demo.sh LANDCHECK DIR}
dir=${2:?usage: demo.sh LANDCHECK DIR}
rm -rf "$dir"
"$landcheck" sample "$dir"
mkdir -p "$dir/reports"
for plan in "$dir"/plans/*.zip; do
	name=$(basename "$plan" .zip)
	echo
	echo "==> landcheck check $plan --base $dir/base -o $dir/reports/$name.html"
	code=0
	"$landcheck" check "$plan" --base "$dir/base" --quiet -o "$dir/reports/$name.html" -o "$dir/reports/$name.json" >"$dir/reports/$name.txt" || code=$?
	case $code in
	0 | 1 | 3) sed -n '1,12p' "$dir/reports/$name.txt" ;;
	*) echo "demo: $name ended with status $code" >&2; exit 1 ;;
	esac
done
echo
echo "Reports: $dir/reports/*.html (open one in a browser), *.txt, *.json"
