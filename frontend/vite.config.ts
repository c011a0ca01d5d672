import { existsSync } from "node:fs";
import { resolve } from "node:path";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";

// One entry for the look of every page, one for each island. Pages name them: {% vite "player" %}.
const entries = {
  design: "design/main.ts",
  player: "player/mount.ts",
  upload: "upload/mount.ts",
};

export default defineConfig({
  root: import.meta.dirname,
  base: "/static/build/",
  plugins: [tailwindcss()],
  build: {
    outDir: resolve(import.meta.dirname, "../src/cathedra/web/static/build"),
    emptyOutDir: true,
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
