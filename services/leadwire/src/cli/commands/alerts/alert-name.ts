import type { AlertLine } from "../../../reports/alerts/alert-line.ts";

/** Which of its rule's alerts it is: `team=north`; the labels that the rule adds to all are left out where they can be. */
export const alertName = ({ rule, labels }: Pick<AlertLine, "rule" | "labels">): string => {
  const named = Object.entries(labels).map(([label, value]) => `${label}=${value}`);
  return named.length === 0 ? rule : `${rule}  ${named.join(" ")}`;
};

/** `team=north owner=ana`; empty where the alert has no labels. */
export const labelsText = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([label, value]) => `${label}=${value}`)
    .join(" ");
