import { type WorkspaceFault, workspaceFaultText } from "@leadwire/funnel";

/** One thing that is wrong in a file of alerts, and where. */
export interface AlertFault extends WorkspaceFault {
  /** As it was given. */
  readonly file: string;
}

/** A file may hold anything: so much of it is repeated. */
const foundMax = 200;

/** `sales.yaml:3:11 rules[0].when: expected a metric, found "win_rat". Did you mean win_rate?` */
export const alertFaultText = (fault: AlertFault): string => {
  const { found } = fault;
  const shown = found.length > foundMax ? `${found.slice(0, foundMax)}…` : found;
  return workspaceFaultText({ ...fault, found: shown }, fault.file);
};
