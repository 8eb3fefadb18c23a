#!/usr/bin/env bash
# Measures history: what the notebook of ntop's talk asks of a million flows, how many flows a
# second are written, and what 20 rounds of kill -9 under load cost, at
# the shortest interval of writing and at the usual one.
set -euo pipefail
cd "$(dirname "$0")/.."

go test ./engine/store/duckdb -run '^$' -bench 'Append|Query|Ingest' -benchtime 3s
for interval in 1s 10s; do # 10s is the default of --flush
	FLOWLOOM_KILL_ROUNDS=${ROUNDS:-20} FLOWLOOM_KILL_INTERVAL=$interval go test ./engine/store/duckdb -run '^TestKilled$' -count=1 -timeout 30m -v | grep -v '^==='
done
