/** Who is logged in to the console, and what they may do. */
import { get } from './client'

export interface Session {
  name: string
  kind: 'token' | 'key' | 'user' | 'oidc'
  role: string
  endsAt: string | null
  permissions: string[]
  /** Ids of the operations of the API that the role may do. */
  operations: string[]
}

let asked: Promise<Session> | undefined

/** Asked once for all pages: another role ends the session, and a new one loads the console anew. */
export function session(): Promise<Session> {
  asked ??= get<Session>('session').catch(refused => {
    asked = undefined
    throw refused
  })
  return asked
}

/** Why somebody may not do an operation; undefined when they may, or as long as nobody knows: the API decides in any case. */
export function refusal(of: Session | undefined, operation: string | undefined): string | undefined {
  if (!of || operation === undefined || of.operations.includes(operation)) {
    return undefined
  }
  return `Your role, ${of.role}, may not do this. Managers and administrators can give another one.`
}
