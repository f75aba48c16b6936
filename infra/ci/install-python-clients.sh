#!/usr/bin/env bash
# Makes sure that the Python client of the tests is there: clickhouse-connect and pandas in an environment of their own.
set -euo pipefail
folder="$(cd "$(dirname "$0")/../.." && pwd)/test/clients"
environment="$folder/.cache/python"
# Done before, with these very versions.
if cmp -s "$folder/python/requirements.txt" "$environment/requirements.txt"; then exit 0; fi
fits() { "$1" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
if ! fits python3; then
  if ! command -v apt-get >/dev/null; then
    echo "Python 3.11 or later with venv is needed for the tests with clickhouse-connect. Install it." >&2
    exit 1
  fi
  as_root=""
  if [ "$(id -u)" -ne 0 ]; then as_root="sudo"; fi
  $as_root apt-get update -q
  DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -q --no-install-recommends python3 python3-venv
fi
rm -rf "$environment"
python3 -m venv "$environment"
"$environment/bin/pip" install -q --disable-pip-version-check -r "$folder/python/requirements.txt"
# Last: what was cut short is done again.
cp "$folder/python/requirements.txt" "$environment/requirements.txt"
