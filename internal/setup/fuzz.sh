#!/usr/bin/env bash
# Runs every fuzz target for a while: fuzz.sh [DURATION [DURATION_ON_THE_WIRE [PACKAGE...]]].
# What reads captures and packets has a time of its own. One target at a time, as each keeps
# all processors busy. Crashers are left in testdata/fuzz beside the target: mend what they
# show and keep them as seeds.
set -euo pipefail

short=${1:-10s}
wire=${2:-$short}
shift || true
shift || true
[ $# -gt 0 ] || set -- ./...

# go test lists the targets of a package, then "ok PACKAGE".
targets=$(go test -list '^Fuzz' "$@" | awk '
	/^Fuzz/ { names[++n] = $1 }
	/^ok/   { for (i = 1; i <= n; i++) print $2, names[i]; n = 0 }')
[ -n "$targets" ] || { echo "there are no fuzz targets in $*" >&2; exit 1; }

failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
while read -r package target; do
	case $package in
	*/engine/packet | */engine/capture | */engine/capture/*) duration=$wire ;;
	*) duration=$short ;;
	esac
	echo "fuzz $target ${package#*/*/*/} for $duration"
	# Minimising an interesting input can take longer than the run itself.
	if ! go test -run '^$' -fuzz "^$target\$" -fuzztime "$duration" -fuzzminimizetime 10x "$package" </dev/null >"$log" 2>&1; then
		# The end of the time can come in the middle of an input, which Go reports as a
		# failure without one (golang/go#48591): nothing was found then.
		if grep -q 'Failing input' "$log" || ! grep -q 'context deadline exceeded' "$log"; then
			grep -vE '^fuzz: elapsed' "$log"
			failed=$((failed + 1))
		fi
	fi
done <<<"$targets"
echo "$(wc -l <<<"$targets") fuzz targets, $failed failed"
[ "$failed" -eq 0 ]
