/** A question that cannot be asked. The message names what was found and what there is; the CLI exits with 2. */
export interface UsageFault {
  readonly _tag:
    | "BadWindow"
    | "BadInstant"
    | "UnknownMetric"
    | "UnknownStatistic"
    | "UnknownDimension"
    | "BadFilter"
    | "UnknownReport"
    | "BadArgument";
  readonly message: string;
}

export const usageFault = (_tag: UsageFault["_tag"], message: string): UsageFault => ({ _tag, message });
