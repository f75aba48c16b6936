import { problemType } from "@leadwire/api/problem-type";
import { StoreError } from "@leadwire/store";
import type { FastifyInstance, FastifyReply } from "fastify";
import { NobodyAtWork } from "../cluster/nobody-at-work.ts";

/** RFC 9457. `code` tells faults of one status apart; `detail` says what was found, what was expected, and the fix. */
export interface Problem {
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  /** The same as `detail`, one by one, where several things are wrong. */
  readonly reasons?: ReadonlyArray<string>;
  /** The nearest names that there are, where one that there is not was written. */
  readonly did_you_mean?: ReadonlyArray<string>;
}

const contentType = "application/problem+json; charset=utf-8";

export const problem = (status: number, title: string, code: string, detail: string): Problem => ({
  title,
  status,
  code,
  detail,
});

export const sendProblem = (reply: FastifyReply, found: Problem): FastifyReply =>
  reply
    .code(found.status)
    .type(contentType)
    .send(JSON.stringify({ type: problemType(found.code), ...found }));

/** Answers what no route takes, and what one throws, as problems. */
export const answerUnknownRoutes = (app: FastifyInstance): void => {
  app.setNotFoundHandler((request, reply) => {
    const detail = `There is no ${request.method} ${request.url.split("?")[0]} here. docs/http.md lists what there is.`;
    return sendProblem(reply, problem(404, "Not found", "NoRoute", detail));
  });
};

/** What is away now and comes back: asking again later is right. */
const isPassing = (fault: unknown): boolean =>
  fault instanceof NobodyAtWork || (fault instanceof StoreError && fault.fault._tag !== "Rejected");

/** Answers what a route throws. */
export const answerFaults = (app: FastifyInstance): void => {
  app.setErrorHandler((fault: { readonly statusCode?: number; readonly message: string }, _request, reply) => {
    if (isPassing(fault)) {
      return sendProblem(reply.header("retry-after", "5"), problem(503, "Not ready", "NotReady", fault.message));
    }
    const status = fault.statusCode ?? 500;
    const title = status < 500 ? "Bad request" : "It failed";
    return sendProblem(reply, problem(status, title, status < 500 ? "BadRequest" : "Failed", fault.message));
  });
};
