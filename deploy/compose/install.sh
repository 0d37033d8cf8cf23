#!/bin/sh
# Installs folders of the workspace, or packages by name, into a virtual environment: install.sh /opt/venv ./libs/kit …
# Versions and hashes are those of requirements.lock, of which only what is needed is installed; uv itself is one of its lines.
set -eu
venv=$1
shift
tools=/opt/tools
if [ ! -x "$tools/bin/uv" ]; then
  python3 -m venv "$tools"
  awk '/^[a-z]/ { wanted = /^(uv|uv-build)==/ } wanted' requirements.lock > "$tools/requirements.txt"
  "$tools/bin/pip" install --quiet --disable-pip-version-check --no-cache-dir --require-hashes -r "$tools/requirements.txt"
fi
[ -x "$venv/bin/python" ] || python3 -m venv --without-pip "$venv"
# Without isolation our packages are built by the uv-build of the tools, and nothing unlocked is fetched.
PYTHONPATH=$(echo "$tools"/lib/python3.*/site-packages) "$tools/bin/uv" pip install --quiet --no-cache --compile-bytecode \
  --python "$venv/bin/python" --no-sources --no-build-isolation --constraints requirements.lock "$@"
