import { type ClientAnswer, type ClientFault, createLeadwireClient } from "@leadwire/api/client";
import type { Either } from "fp-ts/lib/Either.js";

/** The server that the page came from, asked with the page's own cookie. */
export const server = createLeadwireClient();

/** Null where the server does not answer: the page then does without, and the board says that it is disconnected. */
export const dataOf = async <Data>(asked: Promise<Either<ClientFault, ClientAnswer<Data>>>): Promise<Data | null> => {
  const answer = await asked;
  return answer._tag === "Right" ? answer.right.data : null;
};
