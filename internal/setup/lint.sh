#!/usr/bin/env bash
# Formatting, vet and the linters of .golangci.yml.
set -euo pipefail

unformatted=$(gofmt -l cmd engine internal js lua)
if [ -n "$unformatted" ]; then
	echo "not formatted (run gofmt -w):" "$unformatted" >&2
	exit 1
fi
go vet ./...
go run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0 run ./...
