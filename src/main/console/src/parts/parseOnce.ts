type Parse = (text: string, type: DOMParserSupportedType) => Document

/** Below this many characters a text is parsed each time. */
const LARGE = 50_000

/**
 * Hawtio's Camel pages parse the XML of all routes anew for each route: with a thousand of them the browser stands for minutes. A large
 * text that comes again at once gets the document that it got before. Who parses XML there only reads what comes of it.
 *
 * @param parse what parses
 * @param later runs something when the script that is running has ended; nothing is remembered longer
 */
export function parsingOnce(parse: Parse, later: (work: () => void) => void): Parse {
  let known: { text: string; document: Document } | null = null
  return (text, type) => {
    if (type !== 'text/xml' || text.length < LARGE) {
      return parse(text, type)
    }
    if (known?.text !== text) {
      if (known === null) {
        later(() => (known = null))
      }
      known = { text, document: parse(text, type) }
    }
    return known.document
  }
}

/** Makes the browser's parser such a one. */
export function parseOnce(): void {
  const parse = DOMParser.prototype.parseFromString
  DOMParser.prototype.parseFromString = parsingOnce(
    (text, type) => parse.call(new DOMParser(), text, type),
    work => setTimeout(work),
  )
}
