import { expect, test } from 'vitest'
import { difference, readable } from './difference'

test('JSON is laid out as its own values and order are', () => {
  expect(readable('{"b":12345678901234567890,"a":[],"c":{"x":"[,]"},"d":[1,"\\"{"]}', 'application/json')).toBe(
    '{\n  "b": 12345678901234567890,\n  "a": [],\n  "c": {\n    "x": "[,]"\n  },\n  "d": [\n    1,\n    "\\"{"\n  ]\n}',
  )
})

test('strings that hold brackets at their end do not shift the layout', () => {
  expect(readable('["a["," {",{}]', 'application/problem+json')).toBe('[\n  "a[",\n  " {",\n  {}\n]')
})

test.each([
  ['{"cut', 'application/json'],
  ['a;b', 'text/csv'],
])('%s of type %s is shown as it is', (text, type) => {
  expect(readable(text, type)).toBe(text)
})

test('tells lines that went, came and stayed', () => {
  expect(difference('a\nb\nc', 'a\nx\nc')).toEqual([
    { kind: 'same', text: 'a' },
    { kind: 'gone', text: 'b' },
    { kind: 'new', text: 'x' },
    { kind: 'same', text: 'c' },
  ])
})
