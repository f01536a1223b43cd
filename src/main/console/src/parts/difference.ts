import { diffLines } from 'diff'

export interface Line {
  kind: 'same' | 'gone' | 'new'
  text: string
}

/** How two texts differ, line by line; undefined when that would take too long to be of use. */
export function difference(before: string, after: string): Line[] | undefined {
  return diffLines(before, after, { timeout: 1000 })?.flatMap(part =>
    part.value
      .replace(/\n$/, '')
      .split('\n')
      .map(text => ({ kind: part.added ? 'new' : part.removed ? 'gone' : 'same', text }) as Line),
  )
}

/** JSON with a line for each value, so that it can be read and compared; anything else as it is. */
export function readable(text: string, contentType: string): string {
  if (!/[/+]json\b/i.test(contentType)) {
    return text
  }
  try {
    return indented(text)
  } catch {
    return text
  }
}

/**
 * Not by JSON.parse: it rounds long numbers and puts keys in another order, and what is shown must be what was there.
 */
function indented(json: string): string {
  JSON.parse(json)
  let out = ''
  let depth = 0
  const line = () => '\n' + '  '.repeat(depth)
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/gs)) {
    const last = out.at(-1) ?? ''
    if (token === '}' || token === ']') {
      depth--
      out += last === '{' || last === '[' ? token : line() + token
    } else {
      out += (last === '{' || last === '[' ? line() : '') + token
      if (token === ',') {
        out += line()
      } else if (token === ':') {
        out += ' '
      } else if (token === '{' || token === '[') {
        depth++
      }
    }
  }
  return out
}
