import { askBody, refusalOf, type SqlQuestion } from "../answer/ask-sql.ts";

/** What an answer can be taken away as. */
export const downloadForms = {
  csv: { format: "CSVWithNames", type: "text/csv" },
  parquet: { format: "Parquet", type: "application/vnd.apache.parquet" },
} as const;
export type DownloadForm = keyof typeof downloadForms;

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export type DownloadOutcome =
  | { readonly kind: "file"; readonly file: Blob }
  | { readonly kind: "cancelled" }
  | { readonly kind: "failed"; readonly told: string };

/**
 * Runs a statement once more, into a file: the whole answer up to the reader's limits, not only the rows that the table holds.
 * The browser keeps what is large on the disk. An answer that breaks off is no file.
 */
export const fetchDownload = async (
  question: SqlQuestion,
  form: DownloadForm,
  { send, ended }: { readonly send: Fetch; readonly ended: AbortSignal },
): Promise<DownloadOutcome> => {
  const { format, type } = downloadForms[form];
  try {
    const headers = { "content-type": "application/json" };
    const response = await send("/api/sql", {
      method: "POST",
      headers,
      body: askBody(question, format, true),
      signal: ended,
    });
    if (!response.ok) return { kind: "failed", told: (await refusalOf(response)).told };
    return { kind: "file", file: new Blob([await response.blob()], { type }) };
  } catch (fault) {
    if (!ended.aborted) return { kind: "failed", told: fault instanceof Error ? fault.message : String(fault) };
    send(`/api/sql/${encodeURIComponent(question.id)}`, { method: "DELETE" }).catch(() => undefined);
    return { kind: "cancelled" };
  }
};
