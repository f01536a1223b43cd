/** What the API answers about accesses to systems, as far as pages use it. */
import type { RequestMade } from './types'

export type InstanceStatus = 'unknown' | 'operational' | 'unreachable' | 'failedAuthentication' | 'limited' | 'failed'

export interface Instance {
  name: string
  connector: string
  version: string
  pin: string | null
  pinned: { flow: string; version: string }[]
  title: string
  file: string
  status: InstanceStatus
  since: string | null
  lastSuccess: string | null
  lastFailure: { at: string; code: string; sentence: string } | null
  paused: { since: string; by: 'operator' | 'unreachable'; reason: string | null } | null
  /** The endpoint that a check calls; null when there is none to call. */
  check: string | null
  contract: { endpoint: string; lookedAt: string | null; problem: string | null; findings: { kind: string; sentence: string; since: string }[] } | null
  endpoints: Endpoint[]
}

export interface Endpoint {
  id: string
  kind: string
  inputs: Record<string, string>
}

export interface Checked {
  status: InstanceStatus
  code: string | null
  sentence: string | null
  tookMs: number
  requests: RequestMade[]
}

/** Whether a person let an instance into its system. */
export interface Connection {
  needed: boolean
  connected: boolean
  page: string | null
}
