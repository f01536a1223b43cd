import { defineConfig } from 'vitest/config'

// Without a limit of time: what is slow on a loaded machine is not wrong.
export default defineConfig({ test: { include: ['src/**/*.test.{ts,tsx}'], reporters: ['dot'], testTimeout: 0 } })
