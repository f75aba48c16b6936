export * from "./open-registry.ts";
export type { RegistryFault } from "./registry-fault.ts";
export type { RegistryAddress, RegistryPatience } from "./registry-http.ts";
export type { Notice, ServedRegistry } from "./served-registry.ts";
