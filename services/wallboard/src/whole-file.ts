import { open, rename } from "node:fs/promises";

/** Writes a text file, durable: a crash leaves the former file or the new one, whole. */
export const writeWhole = async (path: string, text: string): Promise<void> => {
  const next = `${path}.next`;
  const file = await open(next, "w");
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(next, path);
};
