/** One thing that is wrong in a workspace file, and where. */
export interface WorkspaceFault {
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
  /** `pipelines[0].stages[2].probability`; empty for the file as a whole. */
  readonly path: string;
  /** What should stand there, as a phrase that follows "expected". */
  readonly expected: string;
  /** What stands there, quoted as it is written, or `nothing`. */
  readonly found: string;
  /** What to write instead, as a sentence; undefined where `expected` says it all. */
  readonly hint?: string;
}

/** `leadwire.yaml:12:3 pipelines[0].stages[2].probability: expected a number from 0 to 1, found "high".` */
export const workspaceFaultText = (fault: WorkspaceFault, fileName: string): string => {
  const place = `${fileName}:${fault.line}:${fault.column}`;
  const subject = fault.path === "" ? "" : ` ${fault.path}`;
  const hint = fault.hint === undefined ? "" : ` ${fault.hint}`;
  return `${place}${subject}: expected ${fault.expected}, found ${fault.found}.${hint}`;
};
