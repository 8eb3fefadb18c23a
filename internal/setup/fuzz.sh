#!/usr/bin/env bash
# Runs every fuzz target for a while: fuzz.sh [DURATION]. Crashers are left in
# testdata/fuzz beside the target; keep them as seeds.
set -euo pipefail

duration=${1:-10s}
for package in $(go list ./...); do
	dir=$(go list -f '{{.Dir}}' "$package")
	for target in $(grep -hoE '^func (Fuzz[A-Za-z0-9_]*)\(' "$dir"/*_test.go 2>/dev/null | sed -E 's/func |\(//g'); do
		echo "fuzz $target ${package#*/*/*/} for $duration"
		# Minimising an interesting input can take longer than the run itself.
		go test -run '^$' -fuzz "^$target\$" -fuzztime "$duration" -fuzzminimizetime 10x "$package" | grep -vE '^fuzz: elapsed' || exit 1
	done
done
