import base from './playwright.config.js';

/** Pictures of a lively room on a real server: `npm run screenshots`. */
export default { ...base, testMatch: 'screenshots.ts' };
