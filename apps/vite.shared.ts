import optimizeLocales from '@react-aria/optimize-locales-plugin';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import path from 'node:path';
import type { UserConfig } from 'vite';

import { precompress } from './precompress.ts';

// The host that development runs against; `tooling/run` prints its address.
const HOST = process.env.LYCEUM_HOST ?? 'http://127.0.0.1:8000';

interface AppConfig {
  /** The path that the host serves the app at. */
  base: string;
  port: number;
}

/** What both apps are built with. */
export function appConfig({ base, port }: AppConfig): UserConfig {
  const proxied = { target: HOST, changeOrigin: false };
  return {
    base,
    publicDir: path.resolve(import.meta.dirname, 'shared/ui/public'),
    plugins: [
      react(),
      tailwindcss(),
      // React Aria brings its texts in thirty languages: the bundle gets only ours.
      { ...optimizeLocales.vite({ locales: ['en-US', 'de-DE', 'ar-AE'] }), enforce: 'pre' },
      precompress(),
    ],
    server: {
      port,
      strictPort: true,
      proxy: { '/api': proxied, '/oauth': proxied, '/files': proxied, '/.well-known': proxied, '/ws': { ...proxied, ws: true } },
    },
    build: {
      target: ['chrome111', 'firefox128', 'safari16.4'],
      manifest: true,
      // Every asset is a file: inlined ones would need a looser content security policy.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 700,
    },
  };
}
