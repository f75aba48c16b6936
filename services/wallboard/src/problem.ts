import { problemType } from "@leadwire/api/problem-type";
import type { FastifyReply } from "fastify";
import { securityHeaders } from "./security-headers.ts";

/** RFC 9457. `code` tells faults of one status apart; `detail` says what was found, what was expected, and the fix. */
export interface Problem {
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  /** What the code has to say besides: the reasons one by one, who was faster. */
  readonly more?: Readonly<Record<string, unknown>>;
}

export const sendProblem = (reply: FastifyReply, { more, ...found }: Problem): FastifyReply =>
  reply
    .code(found.status)
    .headers({ ...securityHeaders, "cache-control": "no-store" })
    .type("application/problem+json; charset=utf-8")
    .send(JSON.stringify({ type: problemType(found.code), ...found, ...more }));

/** Also where a board is there that the reader may not see: whether it is there is theirs to know who may. */
export const noBoard = (id: string): Problem => ({
  title: "Not found",
  status: 404,
  code: "NoBoard",
  detail: `There is no board ${JSON.stringify(id)} here. /api/boards lists those that there are.`,
});
