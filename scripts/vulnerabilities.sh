#!/bin/sh
# Known vulnerabilities in what the program calls, by govulncheck. Without a way
# to its database (https://vuln.go.dev) nothing is known of any: then the direct
# dependencies that have newer versions are listed, and nothing fails.
set -u
go=${GO:-go}

out=$($go tool govulncheck ./... 2>&1)
case $? in
0)
	echo "vulnerabilities: none known in what is called"
	exit 0
	;;
3)
	echo "$out"
	exit 1
	;;
esac
if ! echo "$out" | grep -qE 'no such host|dial tcp|connection refused|i/o timeout|TLS handshake|proxyconnect|Forbidden|Service Unavailable|fetching vulnerabilities'; then
	echo "$out"
	echo "vulnerabilities: govulncheck failed by itself, not for want of its database" >&2
	exit 1
fi
echo "vulnerabilities: not looked for, https://vuln.go.dev cannot be reached"
# shellcheck disable=SC2046 # a list of names
if newer=$(timeout 120 $go list -m -u -f '{{with .Update}}  {{$.Path}} {{$.Version}}, there is {{.Version}}{{end}}' \
	$($go list -m -f '{{if not (or .Main .Indirect)}}{{.Path}}{{end}}' all) 2>/dev/null); then
	printf 'direct dependencies with newer versions:\n%s\n' "${newer:-  none}"
else
	echo "nor can it be told which dependencies have newer versions"
fi
exit 0
