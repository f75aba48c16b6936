import type { FastifyReply } from "fastify";

/** RFC 9457. `code` tells faults of one status apart; `detail` says what was found, what was expected, and the fix. */
export interface Problem {
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
}

const problemType = "application/problem+json; charset=utf-8";

export const problem = (status: number, title: string, code: string, detail: string): Problem => ({
  title,
  status,
  code,
  detail,
});

export const sendProblem = (reply: FastifyReply, found: Problem): FastifyReply =>
  reply.code(found.status).type(problemType).send(JSON.stringify(found));
