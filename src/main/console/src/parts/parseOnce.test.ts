import { expect, test } from 'vitest'
import { parsingOnce } from './parseOnce'

function parser() {
  const parsed: string[] = []
  const waiting: (() => void)[] = []
  const parse = parsingOnce(
    text => {
      parsed.push(text)
      return { text } as unknown as Document
    },
    work => waiting.push(work),
  )
  return { parse, parsed, end: () => waiting.splice(0).forEach(work => work()) }
}

const routes = (of: string) => of.repeat(50_000)

test('a large text that comes again at once is parsed once', () => {
  const { parse, parsed } = parser()

  const first = parse(routes('a'), 'text/xml')

  expect(parse(routes('a'), 'text/xml')).toBe(first)
  expect(parsed).toHaveLength(1)
})

test('another text, a small one and other types are parsed each time', () => {
  const { parse, parsed } = parser()

  for (const text of [routes('a'), routes('b'), 'small', 'small']) {
    parse(text, 'text/xml')
  }
  parse(routes('b'), 'text/html')

  expect(parsed).toHaveLength(5)
})

test('nothing is remembered when the script has ended', () => {
  const { parse, parsed, end } = parser()

  parse(routes('a'), 'text/xml')
  end()
  parse(routes('a'), 'text/xml')
  end()
  parse(routes('a'), 'text/xml')

  expect(parsed).toHaveLength(3)
})
