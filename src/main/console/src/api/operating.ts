/** What the API answers about failures, counts and the queue, as far as pages use it. */
import type { Counts, FailedPayload, RunStatus } from './types'

export interface Cause {
  id: string
  flow: string
  shape: string
  code: string
  reason: string
  count: number
  firstAt: string
  lastAt: string
  example: string
}

export interface ReplayFilter {
  flow: string | null
  run: string | null
  shape: string | null
  code: string | null
  q: string | null
  since: string | null
  until: string | null
  businessKey: string | null
  cause: string | null
  states: string[]
}

export interface ReplayJob {
  id: string
  filter: ReplayFilter
  begunAt: string
  state: 'going' | 'done' | 'stopped'
  replayed: number
  refused: number
  waiting: number | null
  message: string | null
}

export interface Part {
  at: string
  counts: Counts
  meanMs: number | null
  p50Ms: number | null
  p95Ms: number | null
  p99Ms: number | null
  longestMs: number | null
}

export interface Statistics {
  from: string
  to: string
  step: 'hour' | 'day'
  total: Part
  steps: Part[]
}

export interface Sighting {
  entity: string
  value: string
  field: string
  direction: string
  success: boolean
  source: string | null
  flow: string
  shape: string
  run: string
  seenAt: string
  runStatus: string | null
  failedAt: string | null
  failedState: string | null
}

export interface QueuedStart {
  id: string
  flow: string
  trigger: string
  priority: 'highest' | 'high' | 'regular' | 'low' | 'lowest'
  queuedAt: string
  size: number
  crashes: number
  state: 'waiting' | 'claimed' | 'quarantined'
}

export type { Counts, FailedPayload, RunStatus }
