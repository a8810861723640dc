import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// Assets carry their hash in the name, so the server lets browsers keep them for good.
export default defineConfig({
  plugins: [react(), tailwindcss()],
  build: { outDir: 'dist', sourcemap: false, target: 'es2023' },
  server: { proxy: { '/api': { target: 'http://localhost:3000', ws: true } } },
});
