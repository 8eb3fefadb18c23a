#!/usr/bin/env bash
# Measures history: what the notebook of ntop's talk asks of a million flows, how many flows a
# second are written, and what 20 rounds of kill -9 under load cost.
set -euo pipefail
cd "$(dirname "$0")/.."

go test ./engine/store/duckdb -run '^$' -bench 'Append|Query|Ingest' -benchtime 3s
FLOWLOOM_KILL_ROUNDS=${ROUNDS:-20} go test ./engine/store/duckdb -run '^TestKilled$' -count=1 -v | grep -v '^==='
