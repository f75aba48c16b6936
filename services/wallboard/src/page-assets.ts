import { createHash } from "node:crypto";
import { basename } from "node:path";
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
  /** The SQL console: a page of its own, so that boards carry none of it. */
  readonly console: PageAsset;
  /** By name below `/assets/`; the name holds the content's hash, so that each can be cached for ever. */
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

interface IndexTerms {
  readonly build: string;
  /** What stands there without scripts. */
  readonly noscript: string;
  readonly icon: string;
  readonly style: string;
  readonly script: string;
  /** What the script needs before it runs: fetched beside it, not after it. */
  readonly preloads: ReadonlyArray<string>;
}

const indexHtml = ({ build, noscript, icon, style, script, preloads }: IndexTerms): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="leadwire-build" content="${build}">
<title>Leadwire</title>
<link rel="icon" href="/assets/${icon}" type="image/svg+xml">
<link rel="stylesheet" href="/assets/${style}">
${preloads.map((name) => `<link rel="modulepreload" href="/assets/${name}">\n`).join("")}<script type="module" src="/assets/${script}"></script>
</head>
<body>
<div id="board"></div>
<noscript>${noscript}</noscript>
</body>
</html>
`;

/** What the page is made of; languages, the editor and the panels are chunks of their own, loaded when they are wanted. */
const bundle = (page: string) =>
  buildSync({
    absWorkingDir: page,
    entryPoints: [
      { in: "main.tsx", out: "page" },
      { in: "page.css", out: "page" },
      { in: "console/main.tsx", out: "console" },
      { in: "console/console.css", out: "console" },
      { in: "icon.svg", out: "icon" },
    ],
    outdir: page,
    entryNames: "[name].[hash]",
    chunkNames: "[name].[hash]",
    assetNames: "[name].[hash]",
    bundle: true,
    splitting: true,
    metafile: true,
    write: false,
    minify: true,
    format: "esm",
    target: ["es2022", "chrome110", "firefox115", "safari16.4"],
    jsx: "automatic",
    jsxImportSource: "preact",
    loader: { ".svg": "copy" },
    charset: "utf8",
    legalComments: "none",
    logLevel: "silent",
  });

type Bundle = ReturnType<typeof bundle>;

/** What an output needs before it runs: what it imports, and what that imports. */
const importsOf = (metafile: Bundle["metafile"], path: string, found = new Set<string>()): ReadonlySet<string> => {
  for (const { path: imported, kind } of metafile.outputs[path]?.imports ?? []) {
    if (kind !== "import-statement" || found.has(imported)) continue;
    found.add(imported);
    importsOf(metafile, imported, found);
  }
  return found;
};

const noscripts = {
  page: 'This page shows live numbers and needs JavaScript. The boards are at <a href="/api/boards">/api/boards</a>.',
  console: "The SQL console needs JavaScript. Any ClickHouse client can ask at this address instead.",
} as const;

const indexOf = ({ metafile }: Bundle, build: string, entry: keyof typeof noscripts): PageAsset => {
  const outputOf = (pattern: RegExp): string => {
    const found = Object.keys(metafile.outputs).find((path) => pattern.test(basename(path)));
    if (found === undefined) throw new Error(`The page's bundle holds nothing like ${pattern.source}.`);
    return found;
  };
  const script = outputOf(new RegExp(`^${entry}\\.\\w+\\.js$`, "u"));
  const text = indexHtml({
    build,
    noscript: noscripts[entry],
    icon: basename(outputOf(/^icon\.\w+\.svg$/u)),
    style: basename(outputOf(new RegExp(`^${entry}\\.\\w+\\.css$`, "u"))),
    script: basename(script),
    preloads: [...importsOf(metafile, script)].map((path) => basename(path)),
  });
  return asset("text/html; charset=utf-8", Buffer.from(text));
};

/**
 * Bundles the page from its sources in memory, in about a tenth of a second: nothing is built ahead and nothing is
 * written. Synchronous, because esbuild's asynchronous form leaves a service process running. Throws esbuild's message
 * with file and line when the page does not compile.
 */
export const buildPageAssets = (): PageAssets => {
  const result = bundle(fileURLToPath(new URL("./page/", import.meta.url)));
  const hash = createHash("sha256");
  for (const file of result.outputFiles) hash.update(basename(file.path)).update(file.contents);
  const build = hash.digest("hex").slice(0, 12);
  const files = new Map<string, PageAsset>();
  for (const file of result.outputFiles) {
    const [, extension = ""] = /\.(js|css|svg)$/.exec(file.path) ?? [];
    const contentType = contentTypes[extension];
    if (contentType === undefined) throw new Error(`The page's bundle holds ${file.path}.`);
    files.set(basename(file.path), asset(contentType, Buffer.from(file.contents)));
  }
  return { build, index: indexOf(result, build, "page"), console: indexOf(result, build, "console"), files };
};
