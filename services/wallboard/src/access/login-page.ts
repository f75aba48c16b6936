import { createHash } from "node:crypto";
import type { Language } from "@leadwire/kpis";
import { headersWith } from "../security-headers.ts";
import { type LoginTexts, loginTexts } from "./login-texts.ts";

const style = `:root{color-scheme:light dark;--ground:#f6f7f9;--card:#fff;--text:#16202c;--dim:#4b5866;--line:#c5ccd4;--edge:#6f7b88;--accent:#0b6b74;--on:#fff;--wrong:#a3330a}
@media (prefers-color-scheme:dark){:root{--ground:#0e141b;--card:#17202a;--text:#eef2f6;--dim:#a9b5c1;--line:#3b4856;--edge:#8593a1;--accent:#5cc8d3;--on:#08171a;--wrong:#ffb08a}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.5rem;background:var(--ground);color:var(--text);font:1rem/1.5 system-ui,sans-serif}
main{width:min(26rem,100%);padding:2rem;background:var(--card);border:1px solid var(--line);border-radius:.75rem}
h1{margin:0 0 1.25rem;font-size:1.5rem;line-height:1.2}
p{margin:.75rem 0 0;color:var(--dim);overflow-wrap:anywhere}
p.wrong{margin:0 0 1.25rem;color:var(--wrong);font-weight:600}
label{display:block;margin-bottom:.25rem;font-weight:600}
input{width:100%;padding:.7rem;font:inherit;color:inherit;background:var(--ground);border:1px solid var(--edge);border-radius:.4rem}
button{width:100%;margin-top:1rem;padding:.75rem;font:inherit;font-weight:600;color:var(--on);background:var(--accent);border:0;border-radius:.4rem;cursor:pointer}
a{color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}`;

const styleHash = createHash("sha256").update(style).digest("base64");

/** These pages run no script, and their one style is known by its hash. */
export const loginHeaders: Readonly<Record<string, string>> = {
  ...headersWith({
    "script-src": "'none'",
    "connect-src": "'none'",
    "style-src": `'sha256-${styleHash}'`,
    "form-action": "'self'",
    "frame-ancestors": "'none'",
  }),
  "cache-control": "no-store",
  vary: "accept-language",
};

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escaped = (text: string): string => text.replace(/[&<>"']/gu, (letter) => entities[letter] ?? letter);

const page = (language: Language, title: string, head: string, body: string): string =>
  `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">${head}<title>${escaped(title)} · Leadwire</title><style>${style}</style></head><body><main>${body}</main></body></html>`;

export interface LoginPage {
  readonly language: Language;
  /** Where to go once logged in: a path of ours. */
  readonly next: string;
  /** What went wrong. */
  readonly wrong?: (texts: LoginTexts) => string;
}

/** The form. Works without a script. */
export const loginPage = ({ language, next, wrong }: LoginPage): string => {
  const texts = loginTexts[language];
  const fault = wrong === undefined ? "" : `<p class="wrong" id="wrong" role="alert">${escaped(wrong(texts))}</p>`;
  const described = wrong === undefined ? "hint" : "wrong hint";
  const form =
    `<form method="post" action="/login"><label for="token">${escaped(texts.token)}</label>` +
    `<input id="token" name="token" type="password" required autofocus autocomplete="current-password" spellcheck="false" maxlength="200" aria-describedby="${described}"${wrong === undefined ? "" : ' aria-invalid="true"'}>` +
    `<input type="hidden" name="next" value="${escaped(next)}"><button>${escaped(texts.enter)}</button></form>`;
  return page(
    language,
    texts.title,
    "",
    `<h1>${escaped(texts.title)}</h1>${fault}${form}<p id="hint">${escaped(texts.hint)}</p>`,
  );
};

/** A TV link that is worth nothing. */
export const deadLinkPage = (language: Language): string => {
  const texts = loginTexts[language];
  return page(language, texts.title, "", `<h1>Leadwire</h1><p class="wrong">${escaped(texts.deadLink)}</p>`);
};

/**
 * Goes on to a board by itself. A redirect would not do: where the link was followed from another site, the browser keeps
 * the new cookie (SameSite=Strict) back from the redirect's target, since the other site began it.
 */
export const openingPage = (language: Language, path: string): string => {
  const { opening } = loginTexts[language];
  const head = `<meta http-equiv="refresh" content="0;url=${escaped(path)}">`;
  return page(language, opening, head, `<p><a href="${escaped(path)}">${escaped(opening)}</a></p>`);
};
