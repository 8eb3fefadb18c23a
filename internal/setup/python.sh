#!/usr/bin/env bash
# Makes the virtual environment build/venv with what tests need of Python's packages, and
# with the package flowloom as it stands in python/, unless it is there and current.
set -euo pipefail
cd "$(dirname "$0")/../.."

wanted=$(cat internal/setup/requirements.txt python/pyproject.toml)
have=build/venv/wanted
if [ "$wanted" == "$(cat "$have" 2>/dev/null)" ]; then
	exit 0
fi
mkdir -p build
python3 -m venv build/venv
build/venv/bin/pip install --quiet --disable-pip-version-check -r internal/setup/requirements.txt
build/venv/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e python
echo "$wanted" >"$have"
