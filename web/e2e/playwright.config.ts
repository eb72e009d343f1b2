import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  workers: 1,
  timeout: 120_000,
  expect: {
    timeout: 15_000,
    // Machines draw the same letters with slightly different edges.
    toHaveScreenshot: { pathTemplate: '../screenshots/{arg}{ext}', maxDiffPixelRatio: 0.02 },
  },
  forbidOnly: Boolean(process.env['CI']),
  use: {
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
