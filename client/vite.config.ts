import react from "@vitejs/plugin-react";
import { VitePWA } from "vite-plugin-pwa";
import { defineConfig } from "vitest/config";

const server = "http://127.0.0.1:6873";

export default defineConfig({
  plugins: [
    react(),
    VitePWA({
      registerType: "autoUpdate",
      injectRegister: "script-defer",
      manifest: {
        name: "Muse",
        short_name: "Muse",
        description: "Mission control for coding agents",
        start_url: "/",
        display: "standalone",
        background_color: "#101317",
        theme_color: "#101317",
        icons: [
          { src: "/icon.svg", sizes: "any", type: "image/svg+xml" },
          { src: "/icon-192.png", sizes: "192x192", type: "image/png" },
          { src: "/icon-512.png", sizes: "512x512", type: "image/png" },
          { src: "/icon-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
        ],
      },
      workbox: {
        navigateFallback: "/index.html",
        navigateFallbackDenylist: [/^\/api/, /^\/mcp/, /^\/openapi/, /^\/docs/, /^\/healthz/],
        globPatterns: ["**/*.{js,css,html,svg,webmanifest}"],
      },
    }),
  ],
  resolve: { alias: { "@": new URL("./src", import.meta.url).pathname } },
  // light-dark() is used as it is written: these are the first versions that know it.
  build: { target: ["chrome123", "firefox121", "safari17.5"], outDir: "dist", sourcemap: false },
  server: { host: "127.0.0.1", proxy: Object.fromEntries(["/api", "/openapi", "/docs"].map((path) => [path, server])) },
  test: { setupFiles: ["src/testing/setup.ts"], include: ["src/**/*.test.{ts,tsx}"], css: { modules: { classNameStrategy: "non-scoped" } } },
});
