import { existsSync, readdirSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig, type Plugin } from "vite";

// One entry for the look of every page, one for each island. Pages name them: {% vite "player" %}.
const entries = {
  design: "design/main.ts",
  player: "player/mount.ts",
  upload: "upload/mount.ts",
  record: "record/mount.ts",
  hours: "hours/mount.ts",
  editor: "editor/mount.ts",
  captions: "captions/mount.ts",
  panel: "panel/mount.ts",
  search: "search/mount.ts",
  views: "views/mount.ts",
};

const outDir = resolve(import.meta.dirname, "../src/cathedra/web/static/build");

// Pages may be served from the folder while it is built: what is old goes after what is new is there.
const sweep: Plugin = {
  name: "sweep",
  writeBundle(_options, bundle) {
    for (const name of readdirSync(resolve(outDir, "assets"))) {
      if (!(`assets/${name}` in bundle)) rmSync(resolve(outDir, "assets", name), { force: true });
    }
  },
};

export default defineConfig({
  root: import.meta.dirname,
  base: "/static/build/",
  plugins: [tailwindcss(), sweep],
  build: {
    outDir,
    emptyOutDir: false,
    manifest: true,
    target: "es2022",
    cssTarget: ["chrome123", "firefox121", "safari17.5"], // light-dark() is left as it is
    assetsInlineLimit: 0, // data: is not allowed by the content security policy
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: Object.fromEntries(
        Object.entries(entries)
          .map(([name, path]) => [name, resolve(import.meta.dirname, path)] as const)
          .filter(([, path]) => existsSync(path)),
      ),
    },
  },
  test: { include: ["**/*.test.ts"], exclude: ["node_modules/**"] },
} as Parameters<typeof defineConfig>[0]);
