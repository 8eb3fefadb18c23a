#!/usr/bin/env bash
# Runs `go test` and fails when a test was skipped: a test that did not run proves
# nothing. Arguments are those of go test.
set -euo pipefail

log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
go test -shuffle=on -v "$@" >"$log" 2>&1 || status=$?
grep -E '^(ok|FAIL|---|panic|\?)' "$log" | grep -vE '^(--- PASS|\?)' || true
if [ "$status" -ne 0 ]; then
	grep -vE '^(=== |--- PASS|    --- PASS|ok )' "$log" | head -n 200
	exit "$status"
fi
if grep -E '^ *--- SKIP' "$log"; then
	echo "tests were skipped: install what they need" >&2
	exit 1
fi
passed=$(grep -cE '^--- PASS' "$log" || true)
echo "$passed passed, 0 failed"
