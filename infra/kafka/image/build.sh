#!/usr/bin/env bash
# Builds leadwire-kafka:local without an image registry, from Debian's packages and Maven's jars:
#   infra/kafka/image/build.sh && LEADWIRE_KAFKA_IMAGE=leadwire-kafka:local pnpm vitest run --project integration packages/log
# Needs a running Docker, mmdebstrap, Maven and Node.
set -euo pipefail
cd "$(dirname "$0")"
context=$(mktemp -d)
trap 'rm -rf "$context"' EXIT
if ! docker image inspect leadwire-java:local >/dev/null 2>&1; then
  mmdebstrap --variant=minbase --include=openjdk-17-jre-headless bookworm - | docker import - leadwire-java:local
fi
jars=$(node --input-type=module -e "import { brokerClassPath } from '../jars.ts'; console.log(brokerClassPath().slice(0, -2))")
cp -r "$jars" "$context/jars"
cp Dockerfile run "$context/"
docker build --build-arg BASE_IMAGE=leadwire-java:local -t leadwire-kafka:local "$context"
