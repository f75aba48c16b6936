import { durationForms, parseDurationMs, parseName, type YamlValue } from "@leadwire/funnel";
import { parseHttpAddress } from "./cluster-lines.ts";
import type { Deployment, DoorKey } from "./deployment.ts";

const snapshotEveryMsDefault = 600_000;
const snapshotEveryMsMin = 1_000;

export const readRegistry = (at: YamlValue): Deployment["schemaRegistry"] => {
  const fields = at.fields(["url", "username"]);
  const url = fields?.required("url", (value) =>
    value.parsed("http://HOST:PORT of a schema registry", parseHttpAddress),
  );
  const username = fields?.optional("username", (value) => value.parsed("a user name", parseName));
  return url === undefined ? undefined : { url, ...(username === undefined ? {} : { username }) };
};

export const readSnapshots = (at: YamlValue): Deployment["snapshots"] => {
  const fields = at.fields(["folder", "every"]);
  const folder = fields?.required("folder", (value) => value.parsed("a folder that all processors share", parseName));
  const everyMs = fields?.optional("every", (value) =>
    value.parsed(`${durationForms}, 1 s at least`, (text) => {
      const ms = parseDurationMs(text);
      return ms !== undefined && ms >= snapshotEveryMsMin ? ms : undefined;
    }),
  );
  return folder === undefined ? undefined : { folder, everyMs: everyMs ?? snapshotEveryMsDefault };
};

const readKey = (at: YamlValue): DoorKey | undefined => {
  const fields = at.fields(["source", "sha256"]);
  const source = fields?.required("source", (value) => value.parsed("a source system, or *", parseName));
  const sha256 = fields?.required("sha256", (value) =>
    value.parsed("64 hex digits, as npx leadwire keys create prints them", (text) =>
      /^[0-9a-f]{64}$/iu.test(text) ? text.toLowerCase() : undefined,
    ),
  );
  return source === undefined || sha256 === undefined ? undefined : { source, sha256 };
};

const readRate = (at: YamlValue): number | undefined =>
  at
    .fields(["events_per_second"])
    ?.required("events_per_second", (value) => value.number("a number above 0", (found) => found > 0));

export const readIngest = (at: YamlValue): Deployment["ingest"] | undefined => {
  const fields = at.fields(["keys", "rate"]);
  if (fields === undefined) return undefined;
  const keys = fields.or("keys", [], (value) => value.items("a list of {source, sha256}")?.map(readKey));
  const eventsPerSecondMax = fields.optional("rate", readRate);
  return {
    keys: keys.filter((key) => key !== undefined),
    ...(eventsPerSecondMax === undefined ? {} : { eventsPerSecondMax }),
  };
};

const parseHost = (text: string): string | undefined => (/^[\w.:-]{1,253}$/u.test(text) ? text : undefined);

export const readListen = (at: YamlValue): Deployment["listen"] | undefined => {
  const host = at
    .fields(["host"])
    ?.required("host", (value) => value.parsed("an address to listen on, such as 0.0.0.0", parseHost));
  return host === undefined ? undefined : { host };
};

export const readWallboard = (at: YamlValue): Deployment["wallboard"] => {
  const access = at
    .fields(["access"])
    ?.required("access", (value) =>
      value.parsed("open or login", (text) => (text === "open" || text === "login" ? text : undefined)),
    );
  return access === undefined ? undefined : { access };
};
