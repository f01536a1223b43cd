import type { ServiceRequest } from '../../api/services'

/** What somebody said of a new service so far. */
export interface Draft {
  name: string
  title: string
  source: string
  entity: string
  lists: string
  reads: Record<string, string>
  destination: string
  sends: string
  writes: Record<string, string>
  trigger: 'none' | 'every' | 'cron'
  at: string
  reference: string
  /** A condition on a line, like: total above 0. */
  filters: string
  /** A field on a line, like: nr = order_number. */
  fields: string
  active: boolean
}

export const empty: Draft = {
  name: '',
  title: '',
  source: '',
  entity: '',
  lists: '',
  reads: {},
  destination: '',
  sends: '',
  writes: {},
  trigger: 'none',
  at: '',
  reference: '',
  filters: '',
  fields: '',
  active: false,
}

/** What is not said yet, or not in a way that can be read. */
export function missing(of: Draft): string[] {
  const needed: [string, string][] = [
    ['a name', of.name],
    ['a source', of.source],
    ['what its records are', of.entity],
    ['what lists them', of.lists],
    ['a destination', of.destination],
    ['what takes them', of.sends],
    ['when it starts', of.trigger === 'none' ? 'never' : of.at],
    ['the reference', of.reference],
  ]
  return [
    ...needed.filter(([, text]) => text.trim() === '').map(([what]) => what),
    ...lines(of.filters).filter(line => !condition(line)).map(line => `'${line}' as FIELD OPERATOR VALUE`),
    ...lines(of.fields).filter(line => !field(line)).map(line => `'${line}' as TO = FROM`),
  ]
}

/** What is asked of the API; only for a draft in which nothing is missing. */
export function requestOf(of: Draft): ServiceRequest {
  const title = of.title.trim()
  return {
    name: of.name.trim(),
    ...(title && { title }),
    entity: of.entity,
    source: { instance: of.source, endpoint: of.lists, with: values(of.reads) },
    destination: { instance: of.destination, endpoint: of.sends, with: values(of.writes) },
    ...(of.trigger !== 'none' && { trigger: { schedule: { [of.trigger]: of.at.trim() } } }),
    reference: of.reference.trim(),
    filters: lines(of.filters).map(condition).filter(one => one !== undefined),
    fields: lines(of.fields).map(field).filter(one => one !== undefined),
    active: of.active,
  }
}

function lines(text: string): string[] {
  return text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
}

/** Three words, the last of which may have blanks. */
function condition(line: string): Record<string, unknown> | undefined {
  const [, name, operator, value] = /^(\S+)\s+(\S+)\s+(.+)$/.exec(line) ?? []
  return name && operator && operator !== 'field' && value !== undefined ? { field: name, [operator]: typed(value) } : undefined
}

function field(line: string): Record<string, unknown> | undefined {
  const equals = line.indexOf('=')
  const to = line.slice(0, equals).trim()
  const from = line.slice(equals + 1).trim()
  return equals > 0 && to && from ? { to, from } : undefined
}

function values(of: Record<string, string>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(of)
      .filter(([, text]) => text.trim() !== '')
      .map(([name, text]) => [name, typed(text.trim())]),
  )
}

/** Numbers, truth and lists are written as in JSON; anything else is text, as are numbers too long to be one. */
function typed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'number' && String(value) !== text ? text : value
  } catch {
    return text
  }
}
