import { createServer, type ServerResponse } from "node:http";
import { Webhook } from "standardwebhooks";

/** What one request told, its signature verified by the official library. */
export interface ReceivedNotification {
  readonly key: string;
  readonly receiver: string;
  readonly kind: string;
  readonly transitions: ReadonlyArray<string>;
  readonly alerts: ReadonlyArray<ReceivedAlert>;
  /** By this process's clock. */
  readonly atMs: number;
}

export interface ReceivedAlert {
  readonly rule: string;
  readonly status: string;
  readonly cause: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface WebhookReceiver {
  readonly url: string;
  /** What was answered with 204, repeats among it. */
  readonly taken: ReadonlyArray<ReceivedNotification>;
  /** Requests whose signature or form was wrong. */
  readonly wrong: ReadonlyArray<string>;
  readonly close: () => Promise<void>;
}

/** What a receiver does with a request that is well signed. */
type Answer = (response: ServerResponse, requests: number) => "taken" | "refused";

const takeAll: Answer = (response) => {
  response.writeHead(204).end();
  return "taken";
};

/** A receiver as somebody would write it: it verifies signatures, and notes what it took. */
export const openWebhookReceiver = async (secret: string, answer: Answer = takeAll): Promise<WebhookReceiver> => {
  const webhook = new Webhook(secret);
  const taken: Array<ReceivedNotification> = [];
  const wrong: Array<string> = [];
  let requests = 0;
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => {
      body += part.toString();
    });
    request.on("end", () => {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, text]) => [name, String(text)]));
      try {
        const message = webhook.verify(body, headers) as ReceivedNotification;
        if (message.key !== headers["webhook-id"]) throw new Error(`${message.key} came as ${headers["webhook-id"]}`);
        requests += 1;
        if (answer(response, requests) === "taken") taken.push({ ...message, atMs: performance.now() });
      } catch (fault) {
        wrong.push(String(fault));
        response.writeHead(400).end();
      }
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    taken,
    wrong,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
