import { defineConfig } from 'vitest/config';

// unit and ui run without isolation between files: nothing in the project keeps module-level state.
// e2e starts the built product, so it runs in processes of its own, one file at a time.
export default defineConfig({
  test: {
    // the unit tests wait for the disk more than they compute
    maxWorkers: 4,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{licence,drivers,terminal,sync-agent,city,scripts}/**/*.test.ts'],
          exclude: ['**/*.e2e.test.ts'],
          // machines are shared, and a slow one is not a fault
          testTimeout: 20_000,
          // serialport works on a process's main thread only
          pool: 'forks',
          isolate: false,
        },
      },
      {
        oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
        test: {
          name: 'ui',
          include: ['{kiosk-ui,city}/**/*.test.tsx'],
          environment: 'happy-dom',
          pool: 'threads',
          isolate: false,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['**/*.e2e.test.ts'],
          exclude: ['node_modules/**'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
