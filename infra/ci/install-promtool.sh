#!/usr/bin/env bash
# Makes sure that promtool is there: it reads the example alerts as Prometheus does, and runs their tests.
set -euo pipefail
if command -v promtool >/dev/null; then exit 0; fi
if ! command -v apt-get >/dev/null; then
  echo "promtool is needed for the tests of the example alerts. It comes with Prometheus." >&2
  exit 1
fi
as_root=""
if [ "$(id -u)" -ne 0 ]; then as_root="sudo"; fi
$as_root apt-get update -q
# The one program of the package: its server is not wanted here.
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
(cd "$folder" && apt-get download -q prometheus && dpkg -x prometheus_*.deb unpacked)
$as_root install -m 755 "$folder/unpacked/usr/bin/promtool" /usr/local/bin/promtool
