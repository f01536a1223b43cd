import { expect, test } from 'vitest'
import { lineKind } from './unified'

test('lines of a unified diff are told apart', () => {
  expect(['--- 3', '+++ file', '@@ -1 +1 @@', '-name: Old', '+name: New', ' flow: orders'].map(lineKind)).toEqual(['same', 'same', 'same', 'gone', 'new', 'same'])
})
