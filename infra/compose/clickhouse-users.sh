#!/bin/sh
# Makes Leadwire's two users at ClickHouse's first start, with the passwords that the services get.
set -eu
sed -e "s/ENGINE PASSWORD/$LEADWIRE_CLICKHOUSE_PASSWORD/" -e "s/ANALYST PASSWORD/$LEADWIRE_CLICKHOUSE_ANALYST_PASSWORD/" \
  /etc/leadwire/users.sql |
  clickhouse-client --user "$CLICKHOUSE_USER" --password "$CLICKHOUSE_PASSWORD" --multiquery
