#!/usr/bin/env bash
# Makes sure that kcat is there: a test writes to the topics with it, as producers of other languages do.
set -euo pipefail
if command -v kcat >/dev/null || command -v kafkacat >/dev/null; then exit 0; fi
if ! command -v apt-get >/dev/null; then
  echo "kcat is needed for the tests with foreign producers. Install it (it is in most distributions)." >&2
  exit 1
fi
as_root=""
if [ "$(id -u)" -ne 0 ]; then as_root="sudo"; fi
$as_root apt-get update -q
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -q --no-install-recommends kcat
