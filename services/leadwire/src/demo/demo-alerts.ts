import { fileURLToPath } from "node:url";

/** The demo's rules, their tests and its routes: files to read and to change. Written into its data directory. */
export const demoAlertsFolder = fileURLToPath(new URL("./alerts/", import.meta.url));
