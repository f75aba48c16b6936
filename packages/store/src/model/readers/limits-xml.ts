import {
  type LimitSetting,
  liftedBetweenServers,
  limitSettings,
  quotaLimits,
  type ReaderLimits,
} from "./reader-limits.ts";

const constraintXml = ({ name, value, change }: LimitSetting): string => {
  if (change === undefined) return "";
  const least = liftedBetweenServers.has(name) ? "<disallowed>0</disallowed>" : "<min>1</min>";
  const range = change === "downwards" ? `${least}<max>${value}</max>` : "";
  return `        <${name}>${range}<changeable_in_readonly/></${name}>\n`;
};

/** The elements of a reader's profile in users.xml. */
export const profileXml = (limits: ReaderLimits): string => {
  const settings = limitSettings(limits);
  const values = settings.flatMap(({ name, value }) =>
    value === undefined ? [] : [`      <${name}>${value}</${name}>\n`],
  );
  return `${values.join("")}      <constraints>\n${settings.map(constraintXml).join("")}      </constraints>`;
};

/** The elements of a quota in users.xml: a quota each, since one that is shared counts all its users together. */
export const quotaXml = (name: string, of: ReaderLimits): string => {
  const limits = quotaLimits(of).map(([what, most]) => `<${what}>${most}</${what}>`);
  return `    <${name}><interval><duration>3600</duration>${limits.join("")}</interval></${name}>\n`;
};
