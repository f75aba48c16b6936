#!/usr/bin/env bash
# Makes sure that Java 17 (or later), its compiler and Maven are there: the tests start a real Kafka broker from Maven Central, and
# ask ClickHouse through its JDBC driver.
set -euo pipefail
java_major() { java -version 2>&1 | sed -nE 's/.*version "([0-9]+).*/\1/p' | head -n 1; }
if command -v mvn >/dev/null && command -v javac >/dev/null && [ "$(java_major)" -ge 17 ]; then exit 0; fi
if ! command -v apt-get >/dev/null; then
  echo "A JDK 17 and Maven are needed for the Kafka broker of the tests. Install both, or set LEADWIRE_KAFKA to a broker's host:port." >&2
  exit 1
fi
as_root=""
if [ "$(id -u)" -ne 0 ]; then as_root="sudo"; fi
$as_root apt-get update -q
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -q --no-install-recommends openjdk-17-jdk-headless maven
