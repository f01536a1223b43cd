/** An event of a stream that the server sends. */
export interface Sent {
  name: string
  data: string
  /** What to say when one comes back, to go on behind it. */
  id: string | undefined
}

/** Takes a stream apart as it comes: what is not whole yet waits for the next piece. */
export class Events {
  private rest = ''

  /** @returns the events that are whole with this piece */
  take(piece: string): Sent[] {
    const blocks = (this.rest + piece).replace(/\r\n?/g, '\n').split('\n\n')
    this.rest = blocks.pop() ?? ''
    return blocks.map(event).filter(one => one !== undefined)
  }
}

function event(block: string): Sent | undefined {
  const fields = block.split('\n').map(line => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')] as const
  })
  const data = fields.filter(([name]) => name === 'data').map(([, value]) => value)
  const last = (name: string) => fields.findLast(([field]) => field === name)?.[1]
  // A comment says only that the line is not dead.
  return data.length ? { name: last('event') ?? 'message', data: data.join('\n'), id: last('id') } : undefined
}
