import { BrokerRefused } from "../log-fault.ts";
import { Interrupted } from "./interrupted.ts";
import { brokerErrorText, isPassing } from "./wire/broker-error.ts";

/** What a broker's error code means for who asked: try again, or never mind. */
export const refusal = (asked: string, code: number): Error =>
  isPassing(code)
    ? new Interrupted(`${asked}: the broker answered ${brokerErrorText(code)}.`)
    : new BrokerRefused(asked, brokerErrorText(code));
