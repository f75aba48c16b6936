/** Whether only this machine can call an address. */
export const isLoopback = (host: string): boolean => /^(127\.\d+\.\d+\.\d+|::1|localhost)$/u.test(host);
