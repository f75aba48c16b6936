import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { buildSync } from "esbuild";

/** One file of the page, kept in memory in both forms. */
export interface PageAsset {
  readonly contentType: string;
  readonly plain: Buffer;
  readonly gzipped: Buffer;
}

export interface PageAssets {
  /** Changes with every change of the page's code or style. */
  readonly build: string;
  readonly index: PageAsset;
  /** By name below `/assets/`; the name holds the build, so that each can be cached for ever. */
  readonly files: ReadonlyMap<string, PageAsset>;
}

const contentTypes: Readonly<Record<string, string>> = {
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
};

const asset = (contentType: string, plain: Buffer): PageAsset => ({
  contentType,
  plain,
  gzipped: gzipSync(plain, { level: 9 }),
});

const indexHtml = (buildId: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="leadwire-build" content="${buildId}">
<title>Leadwire</title>
<link rel="icon" href="/assets/icon.${buildId}.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/page.${buildId}.css">
<script type="module" src="/assets/page.${buildId}.js"></script>
</head>
<body>
<div id="board"></div>
<noscript>This page shows live numbers and needs JavaScript. The same numbers are at <a href="/api/board">/api/board</a>.</noscript>
</body>
</html>
`;

/**
 * Bundles the page from its sources in memory, in about a tenth of a second: nothing is built ahead and nothing is
 * written. Synchronous, because esbuild's asynchronous form leaves a service process running. Throws esbuild's message
 * with file and line when the page does not compile.
 */
export const buildPageAssets = (): PageAssets => {
  const page = fileURLToPath(new URL("./page/", import.meta.url));
  const result = buildSync({
    absWorkingDir: page,
    entryPoints: [
      { in: "main.tsx", out: "page" },
      { in: "page.css", out: "page" },
      { in: "icon.svg", out: "icon" },
    ],
    outdir: page,
    bundle: true,
    write: false,
    minify: true,
    format: "esm",
    target: ["es2022", "chrome110", "firefox115", "safari16.4"],
    jsx: "automatic",
    jsxImportSource: "preact",
    loader: { ".svg": "copy" },
    legalComments: "none",
    logLevel: "silent",
  });
  const hash = createHash("sha256");
  for (const file of result.outputFiles) hash.update(file.contents);
  const buildId = hash.digest("hex").slice(0, 12);
  const files = new Map<string, PageAsset>();
  for (const file of result.outputFiles) {
    const [, name, extension] = /([^/\\]+)\.(js|css|svg)$/.exec(file.path) ?? [];
    if (name === undefined || extension === undefined) throw new Error(`The page's bundle holds ${file.path}.`);
    files.set(`${name}.${buildId}.${extension}`, asset(contentTypes[extension] ?? "", Buffer.from(file.contents)));
  }
  return { build: buildId, index: asset("text/html; charset=utf-8", Buffer.from(indexHtml(buildId))), files };
};
