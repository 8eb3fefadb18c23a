#!/usr/bin/env bash
# Builds the wheel of python/ with the libflowloom that lies in it, puts the libraries that it
# needs beside it, and installs it in an environment of its own to see that it works:
# wheel.sh CAPTURE. The result is in python/dist.
set -euo pipefail
cd "$(dirname "$0")/../.."

capture=$(realpath "$1")
rm -rf build/wheel python/dist
mkdir -p build/wheel python/dist
build/venv/bin/pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation -w build/wheel ./python
# The tag says with which systems the wheel works: those with a C library as old as this
# one's or younger.
PATH="$PWD/build/venv/bin:$PATH" build/venv/bin/auditwheel repair --strip -w python/dist build/wheel/*.whl

# Without Go and without a compiler: a new environment, away from the sources.
python3 -m venv build/wheel/venv
build/wheel/venv/bin/pip install --quiet --disable-pip-version-check python/dist/*.whl
cd build/wheel
env -i PATH=/nonexistent venv/bin/python -c "
import sys, flowloom
flows = flowloom.read(sys.argv[1], filter='tcp port 443', checks='shipped')
print(f'the wheel works: {len(flows)} flows, {len(flows.alerts)} alerts with libflowloom {flowloom.engine_version()}')
" "$capture"

# A wheel without the engine: the client is there, and reading says what is missing.
venv/bin/python -m pip uninstall --quiet --yes flowloom
find ../../python/src -name 'libflowloom.*' -exec mv {} . \;
trap 'mv libflowloom.* ../../python/src/flowloom/' EXIT
../venv/bin/pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation -w pure ../../python
venv/bin/pip install --quiet --disable-pip-version-check pure/*-py3-none-any.whl
venv/bin/python -c "
import sys, flowloom
flowloom.connect
try:
    flowloom.read(sys.argv[1])
except flowloom.NoEngineError as why:
    print('without an engine:', why)
else:
    sys.exit('there should be no engine in this wheel')
" "$capture"
