#!/usr/bin/env bash
# Makes sure that an Alertmanager is there: the tests of its channel send alerts to a real one.
set -euo pipefail
if command -v prometheus-alertmanager >/dev/null || command -v alertmanager >/dev/null; then exit 0; fi
if ! command -v apt-get >/dev/null; then
  echo "An Alertmanager is needed for the tests of alerts. Install it (https://prometheus.io/download)." >&2
  exit 1
fi
as_root=""
if [ "$(id -u)" -ne 0 ]; then as_root="sudo"; fi
$as_root apt-get update -q
# The program and its templates, without which it does not start: the package's service is not wanted here.
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
(cd "$folder" && apt-get download -q prometheus-alertmanager && dpkg -x prometheus-alertmanager_*.deb unpacked)
$as_root mkdir -p /usr/share/prometheus
$as_root cp -r "$folder/unpacked/usr/share/prometheus/alertmanager" /usr/share/prometheus/
# Last: what was cut short is done again.
$as_root install -m 755 "$folder/unpacked/usr/bin/prometheus-alertmanager" /usr/local/bin/prometheus-alertmanager
