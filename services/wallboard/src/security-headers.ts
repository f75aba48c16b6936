/** Nothing but our own files, no inline script or style, no string ever read as markup. */
const policy: Readonly<Record<string, string>> = {
  "default-src": "'none'",
  "script-src": "'self'",
  "style-src": "'self'",
  "img-src": "'self'",
  "connect-src": "'self'",
  "base-uri": "'none'",
  "form-action": "'none'",
  "frame-ancestors": "'self'",
  "require-trusted-types-for": "'script'",
  "trusted-types": "'none'",
};

/** The headers of every answer; a page without scripts states the few directives that are its own. */
export const headersWith = (own: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => ({
  "content-security-policy": Object.entries({ ...policy, ...own })
    .map(([directive, value]) => `${directive} ${value}`)
    .join("; "),
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
});

export const securityHeaders = headersWith();
