import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'client', include: ['client/src/**/*.test.ts'], environment: 'node' } },
      { test: { name: 'element', include: ['element/src/**/*.test.ts'], environment: 'happy-dom' } },
      { test: { name: 'slim', include: ['app/slim/**/*.test.ts'], environment: 'node' } },
      { test: { name: 'app', include: ['app/src/**/*.test.ts'], environment: 'happy-dom' } },
    ],
  },
});
