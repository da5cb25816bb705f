import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const API = process.env.GOVNET_API ?? "http://127.0.0.1:8000";
const OUT = "../api/govnet_api/static/app";
const SQUEEZED = /\.(js|css|html|svg)$/;

/** Packs each text file beside itself, once, so that the server need not do it in every request. */
function packed(): Plugin {
  return {
    name: "packed",
    apply: "build",
    closeBundle() {
      for (const name of readdirSync(OUT, { recursive: true, encoding: "utf8" })) {
        if (!SQUEEZED.test(name)) continue;
        const content = readFileSync(join(OUT, name));
        const best = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
        writeFileSync(join(OUT, `${name}.br`), brotliCompressSync(content, best));
        writeFileSync(join(OUT, `${name}.gz`), gzipSync(content, { level: 9 }));
      }
    },
  };
}

/** Names the page's own script in the document, so that it comes beside the first small one that asks for it. */
function ahead(): Plugin {
  return {
    name: "ahead",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: (_, { bundle = {} }) => {
        const chunks = Object.values(bundle).filter((each) => each.type === "chunk");
        const page = chunks.find((chunk) => chunk.name === "start");
        if (page === undefined) throw new Error("there is no script named start");
        const first = new Set(chunks.filter((chunk) => chunk.isEntry).map((chunk) => chunk.fileName));
        const files = [page.fileName, ...page.imports.filter((name) => !first.has(name))];
        return files.map((name) => ({
          tag: "link",
          attrs: { rel: "modulepreload", crossorigin: true, href: `/static/app/${name}` },
          injectTo: "head" as const,
        }));
      },
    },
  };
}

export default defineConfig({
  // The addresses of the page belong to its rooms; its files have a folder of their own.
  base: "/static/app/",
  resolve: { alias: { "@": new URL("./src", import.meta.url).pathname } },
  plugins: [react(), ahead(), packed()],
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: "es2022",
    // The policy of the page allows no data: scripts or styles, and nothing inline.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { "/api": API, "/problems": API } },
  test: { include: ["src/**/*.test.ts", "src/**/*.test.tsx"] },
} as Parameters<typeof defineConfig>[0]);
