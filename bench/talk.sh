#!/bin/sh
# The talk's host check: ours in Go benchmarks, C Lua in a C loop, in turn; ns a host, the
# best of each. Half of the hosts raise an alert.
set -e
cd "$(dirname "$0")/.."
[ -f /usr/include/lua5.4/lauxlib.h ] || { echo "talk.sh needs liblua5.4-dev" >&2; exit 2; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cc -O2 bench/talk.c -o "$dir/talk" -I/usr/include/lua5.4 -llua5.4
go test -c -o "$dir/lua.test" ./lua
go test -c -o "$dir/js.test" ./js
best() { sort -n | head -1; }
ours() { "$dir/$1.test" -test.run xxx -test.bench "$2" -test.benchtime 1s | awk '/ns\/op/ {print $3}'; }
for round in 1 2 3 4 5; do
	"$dir/talk" half >>"$dir/c"
	ours lua Host/half >>"$dir/lua"
	ours js Host >>"$dir/js"
done
echo "C Lua      $(best <"$dir/c")"
echo "Lua        $(best <"$dir/lua")"
echo "JavaScript $(best <"$dir/js")"
