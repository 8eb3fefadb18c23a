#!/usr/bin/env bash
# Makes a Python module of bindings/py with gopy, in build/gopy, and reads a capture with it:
# gopy.sh CAPTURE. Needs a C compiler and the headers of Python.
set -euo pipefail
cd "$(dirname "$0")/../.."

mkdir -p build/tools
go build -o build/tools/ github.com/go-python/gopy golang.org/x/tools/cmd/goimports
rm -rf build/gopy
PATH="$PWD/build/tools:$PATH" build/tools/gopy build -vm="$PWD/build/venv/bin/python" -output=build/gopy -name=flowloom_gopy -rename ./bindings/py >build/gopy.log 2>&1 || {
	cat build/gopy.log
	exit 1
}
rm build/gopy/*.go # they are no part of this module
cd build
venv/bin/python - "$(realpath "../$1")" <<'PYTHON'
import ctypes, json, sys
import pyarrow as pa
from gopy import py

session = py.open(json.dumps({"sources": [sys.argv[1]]}))
flows = 0
while True:
    array, schema = ctypes.create_string_buffer(80), ctypes.create_string_buffer(72)
    if session.next(-1, ctypes.addressof(array), ctypes.addressof(schema)) != py.Batch:
        break
    kind = pa.Schema._import_from_c(ctypes.addressof(schema))
    flows += pa.RecordBatch._import_from_c(ctypes.addressof(array), kind).num_rows
summary = json.loads(session.summary())
session.close()
assert flows == summary["flows"] > 0, (flows, summary)
try:
    py.open("{}")
except Exception as why:
    assert "name a capture" in str(why), why
else:
    raise SystemExit("options without sources are an error")
print(f"the module of gopy works: {flows} flows")
PYTHON
