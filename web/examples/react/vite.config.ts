import { defineConfig } from 'vite';

const { PORT = '5173', BACKEND = 'http://localhost:3000' } = process.env;

export default defineConfig({
  server: {
    port: Number(PORT),
    // Another port is another origin, which the key does not list.
    strictPort: true,
    proxy: { '/login': BACKEND, '/token': BACKEND },
  },
});
