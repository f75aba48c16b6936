import type { YamlValue } from "@leadwire/funnel";
import { readTexts } from "../alert-file/yaml-words.ts";
import type { Inhibition } from "./notification-config.ts";
import { readLabelNames, readMatchers } from "./route-lines.ts";

const readInhibition = (value: YamlValue): Inhibition | undefined => {
  const fields = value.fields(["source", "target", "equal"]);
  const source = fields?.required("source", readMatchers);
  const target = fields?.required("target", readMatchers);
  if (fields === undefined || source === undefined || target === undefined) return undefined;
  return { source, target, equal: fields.or("equal", [], readLabelNames) };
};

/** Reads `inhibit`. */
export const readInhibitions = (value: YamlValue): ReadonlyArray<Inhibition> => {
  const items = value.items("a list, such as - { source: [rule=engine-lag], target: [severity=warning] }") ?? [];
  return items.map(readInhibition).filter((inhibition) => inhibition !== undefined);
};

const hostForm = /^(?:[0-9a-f:]*:[0-9a-f:.]*|[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)(?:\/\d{1,3})?$/iu;

/** Reads `allow_private`: hosts, addresses and networks such as 10.0.0.0/8. */
export const readAllowPrivate = (value: YamlValue): ReadonlyArray<string> =>
  readTexts(value, "a list of hosts and networks, such as [alertmanager.internal, 10.0.0.0/8]", (item) =>
    item.parsed("a host, an address or a network such as 10.0.0.0/8", (text) =>
      hostForm.test(text) ? text : undefined,
    ),
  );
