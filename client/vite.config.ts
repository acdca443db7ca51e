/** Builds client/dist: hashed files under assets/, each beside a gzip copy that aiohttp sends to browsers that take it. */
import { defineConfig, type Plugin } from "vite";

const SMALLEST_WORTH_ZIPPING = 1024; // bytes

async function gzipped(content: BlobPart): Promise<Uint8Array> {
  const zipped = new Blob([content]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(zipped).arrayBuffer());
}

const gzipCopies: Plugin = {
  name: "gzip-copies",
  enforce: "post",
  generateBundle: {
    order: "post", // after Vite's own plugins: they still write into the chunks
    async handler(_options, bundle) {
      for (const file of Object.values(bundle)) {
        const content = file.type === "chunk" ? file.code : file.source;
        if (!file.fileName.startsWith("assets/") || content.length < SMALLEST_WORTH_ZIPPING) continue;
        this.emitFile({ type: "asset", fileName: `${file.fileName}.gz`, source: await gzipped(content as BlobPart) });
      }
    },
  },
};

export default defineConfig({
  base: "/graphiql/",
  plugins: [gzipCopies],
  build: {
    target: "es2022",
    assetsInlineLimit: 0, // a file can be allowed by 'self', a data: URI only with every other one
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 4096, // kB; the editor is large, and loaded after the page
    rolldownOptions: {
      input: "graphiql.html",
      onLog(level, log, report) {
        // "use client" in a library means nothing in a page that no server renders.
        if (log.code !== "MODULE_LEVEL_DIRECTIVE") report(level, log);
      },
    },
  },
});
