/** The API of Patchbay, called as who is logged in to the console. */
import { Events, type Sent } from './events'

/** A list is said once for each of its values. */
type Value = string | number | boolean | string[] | undefined
export type Query = Record<string, Value>

/** What the API would not do, or could not; its message is a sentence for people. */
export class Refused extends Error {
  constructor(
    message: string,
    readonly status: number,
    /** What to quote when asking about it. */
    readonly id?: string,
    readonly problems: string[] = [],
  ) {
    super(message)
  }

  /** Whether it may be otherwise the next time, without anybody doing something. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500
  }
}

export interface Page<T> {
  data: T[]
  next: string | null
}

export interface Content {
  bytes: Blob
  contentType: string
}

export async function get<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  return (await call('GET', path, query, undefined, signal)).json() as Promise<T>
}

/** What was answered, and the tag that a change of it can name. */
export interface Tagged<T> {
  data: T
  tag: string
}

export async function getTagged<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<Tagged<T>> {
  const answer = await call('GET', path, query, undefined, signal)
  return { data: (await answer.json()) as T, tag: answer.headers.get('ETag') ?? '' }
}

/** Sends JSON, or nothing. With a tag, nothing is done when it was changed since that was given. */
export async function post<T>(path: string, query: Query = {}, body?: unknown, tag?: string): Promise<T> {
  const json = body === undefined ? undefined : JSON.stringify(body)
  return (await call('POST', path, query, json, undefined, 'application/json', tag ? { 'If-Match': tag } : {})).json() as Promise<T>
}

/**
 * Events that the server sends, each as it comes, until it ends the stream. Not by EventSource, which cannot say that the
 * request comes from our page.
 *
 * @param behind the id of the last event that is known
 */
export async function listen(path: string, behind: string | undefined, heard: (event: Sent) => void, signal: AbortSignal): Promise<void> {
  const answer = await call('GET', path, {}, undefined, signal, undefined, behind ? { 'Last-Event-ID': behind } : {})
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  const events = new Events()
  for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
    events.take(piece.value).forEach(heard)
  }
}

/** Takes something away. */
export async function remove<T>(path: string, query: Query = {}): Promise<T> {
  return (await call('DELETE', path, query)).json() as Promise<T>
}

/** Sends text as it is. */
export async function send<T>(path: string, query: Query = {}, body?: string, contentType = 'application/json'): Promise<T> {
  return (await call('POST', path, query, body, undefined, contentType)).json() as Promise<T>
}

/** Content as it is, without a reading of it. */
export async function content(path: string, query: Query = {}, signal?: AbortSignal): Promise<Content> {
  const answer = await call('GET', path, query, undefined, signal)
  return { bytes: await answer.blob(), contentType: answer.headers.get('Content-Type') ?? '' }
}

/** A whole list, page by page. */
export async function all<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T[]> {
  const data: T[] = []
  let after: string | null = null
  do {
    const page: Page<T> = await get(path, { ...query, limit: 500, after: after ?? undefined }, signal)
    data.push(...page.data)
    after = page.next
  } while (after !== null)
  return data
}

/** A path of the API, with each part written so that it stays one part. */
export function path(strings: TemplateStringsArray, ...parts: string[]): string {
  return strings.reduce((made, text, place) => made + encodeURIComponent(parts[place - 1] ?? '') + text)
}

export function address(path: string, query: Query, base: string): string {
  const said = Object.entries(query).flatMap(([name, value]) => (Array.isArray(value) ? value.map(one => [name, one] as const) : [[name, value] as const]))
  const given = said.filter(([, value]) => value !== undefined && value !== '')
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
  // The console stands at …/hawtio/, the API beside it.
  return new URL('../api/v1/' + path + (search && '?' + search), base).href
}

async function call(
  method: string,
  path: string,
  query: Query,
  body?: string,
  signal?: AbortSignal,
  contentType = 'application/json',
  more: Record<string, string> = {},
): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json, application/problem+json, */*', 'X-XSRF-TOKEN': token(), ...more }
  if (body !== undefined) {
    headers['Content-Type'] = contentType
  }
  let answer: Response
  try {
    answer = await fetch(address(path, query, document.baseURI), {
      method,
      headers,
      credentials: 'same-origin',
      redirect: 'error',
      cache: 'no-store',
      ...(body !== undefined && { body }),
      ...(signal && { signal }),
    })
  } catch (error) {
    if (signal?.aborted) {
      throw error
    }
    throw new Refused('Patchbay does not answer. What is shown may be old.', 0)
  }
  if (!answer.ok) {
    throw await refusal(answer)
  }
  return answer
}

/** What our own page can read and no other: it shows that the request comes from it. */
function token(): string {
  const cookie = document.cookie.split('; ').find(one => one.startsWith('XSRF-TOKEN='))
  return cookie ? decodeURIComponent(cookie.slice('XSRF-TOKEN='.length)) : ''
}

async function refusal(answer: Response): Promise<Refused> {
  if (answer.status === 401) {
    return new Refused('Your session has ended.', 401)
  }
  const document = await answer.json().catch(() => ({}))
  const problems: unknown[] = Array.isArray(document.problems) ? document.problems : []
  return new Refused(
    String(document.detail ?? `Patchbay answered ${answer.status}.`),
    answer.status,
    typeof document.id === 'string' ? document.id : undefined,
    problems.map(problemText),
  )
}

function problemText(problem: unknown): string {
  if (problem && typeof problem === 'object' && 'what' in problem) {
    const { what, hint } = problem as { what: unknown; hint?: unknown }
    return hint ? `${what} (${hint})` : String(what)
  }
  return String(problem)
}
