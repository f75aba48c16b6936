import type { YamlValue } from "@leadwire/funnel";
import { parseName } from "@leadwire/funnel";
import type { ClickHousePlace, KafkaPlace } from "./deployment.ts";

const partitionsDefault = 12;
const clusterDefaultReplicas = -1;

const parseBroker = (text: string): string | undefined => {
  const port = Number(/^(?:\[[0-9a-fA-F:]+\]|[^\s:/]+):(\d{1,5})$/u.exec(text)?.[1]);
  return port >= 1 && port <= 65_535 ? text : undefined;
};

/** An address of a server without path, query or password, such as `http://clickhouse:8123`. */
export const parseHttpAddress = (text: string): string | undefined => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/u.test(url.protocol) || url.username !== "" || url.password !== "")
    return undefined;
  return `${url.origin}${url.pathname.replace(/\/$/u, "")}`;
};

const readBrokers = (at: YamlValue): ReadonlyArray<string> | undefined => {
  const form = "an address host:port";
  const items = at.isList() ? at.items("a list of addresses host:port") : [at];
  const brokers = items?.map((item) => item.parsed(form, parseBroker));
  if (brokers?.length === 0) return at.refuse("at least one address host:port", "an empty list");
  return brokers?.filter((broker) => broker !== undefined);
};

const isCount = (max: number) => (value: number) => Number.isSafeInteger(value) && value >= 1 && value <= max;

export const readKafka = (at: YamlValue): KafkaPlace | undefined => {
  const fields = at.fields(["brokers", "partitions", "replicas", "tls", "username"]);
  if (fields === undefined) return undefined;
  const username = fields.optional("username", (value) => value.parsed("a user name", parseName));
  return {
    _tag: "kafka",
    brokers: fields.required("brokers", readBrokers) ?? [],
    partitions: fields.or("partitions", partitionsDefault, (value) =>
      value.number("a whole number from 1 to 1024", isCount(1024)),
    ),
    replicas: fields.or("replicas", clusterDefaultReplicas, (value) =>
      value.number("a whole number from 1 to 15", isCount(15)),
    ),
    tls: fields.or("tls", false, (value) => value.flag()),
    ...(username === undefined ? {} : { username }),
  };
};

const parseClusterName = (text: string): string | undefined => (/^\w[\w.-]{0,99}$/u.test(text) ? text : undefined);

export const readClickHouse = (at: YamlValue): ClickHousePlace | undefined => {
  const fields = at.fields(["url", "user", "analyst", "cluster"]);
  if (fields === undefined) return undefined;
  const cluster = fields.optional("cluster", (value) => value.parsed("a cluster's name", parseClusterName));
  return {
    _tag: "clickhouse",
    url:
      fields.required("url", (value) => value.parsed("http://HOST:8123 or https://HOST:8443", parseHttpAddress)) ?? "",
    user: fields.or("user", "leadwire", (value) => value.parsed("a user name", parseName)),
    analyst: fields.or("analyst", "analyst", (value) => value.parsed("a user name", parseName)),
    ...(cluster === undefined ? {} : { cluster }),
  };
};
