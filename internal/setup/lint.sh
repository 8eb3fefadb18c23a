#!/usr/bin/env bash
# Formatting, vet and the linters of .golangci.yml.
set -euo pipefail

unformatted=$(gofmt -l bindings cmd engine internal js lua)
if [ -n "$unformatted" ]; then
	echo "not formatted (run gofmt -w):" "$unformatted" >&2
	exit 1
fi
go vet ./...
go run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0 run ./...

cd python
../build/venv/bin/ruff format --check .
../build/venv/bin/ruff check .
../build/venv/bin/mypy

cd ../notebooks
../build/venv/bin/ruff format --check .
../build/venv/bin/ruff check .
../build/venv/bin/mypy --config-file ../python/pyproject.toml lab.py
