/** One message of a server-sent event stream. */
export interface StreamMessage {
  readonly id: string;
  readonly data: string;
}

/**
 * Reads server-sent events from text that arrives in any pieces. Comments and unknown fields are passed over, as the
 * HTML standard says; a message is delivered only when its blank line has arrived.
 */
export const createEventParser = (deliver: (message: StreamMessage) => void): ((text: string) => void) => {
  let rest = "";
  let id = "";
  let data: string[] = [];
  const take = (line: string): void => {
    if (line === "") {
      if (data.length > 0) deliver({ id, data: data.join("\n") });
      data = [];
      return;
    }
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "data") data.push(value);
    else if (field === "id") id = value;
  };
  return (text) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) take(line.endsWith("\r") ? line.slice(0, -1) : line);
  };
};
