/** What the API answers, as far as pages use it; the whole of it stands in the OpenAPI document. */

import type { VersionState } from './versions'

export interface Problem {
  file: string
  line: number
  column: number
  severity: 'error' | 'warning'
  code: string
  what: string
  hint: string | null
}

export interface Flow {
  id: string
  name: string
  file: string
  labels: string[]
  status: 'draft' | 'active' | 'inactive'
  enabled: boolean
  revision: string | null
  variables: string[]
  shapes: { id: string; type: string }[]
  triggers: string[]
  running: number
  queued: number
  problems: Problem[]
  lastRun: { id: string; status: RunStatus; queuedAt: string; startedAt: string | null; endedAt: string | null } | null
  nextRunAt: string | null
  /** Runs that ended in this hour or the one before. */
  lastHour: Recent
  /** Runs that ended in this hour or the 23 before. */
  lastDay: Recent
  /** Null for a flow without a file. */
  version: VersionState | null
}

export interface Recent {
  since: string
  counts: Counts
}

/** What runs that ended add up to. */
export interface Counts {
  runs: number
  succeeded: number
  partial: number
  failed: number
  stopped: number
  payloads: number
  payloadsFailed: number
  records: number
  bytesIn: number
  bytesOut: number
}

export type RunStatus = 'queued' | 'running' | 'succeeded' | 'partial' | 'failed' | 'stopped'

export interface ShapeOfRun {
  shape: string
  type: string
  payloadsIn: number
  payloadsOut: number
  payloadsFailed: number
  recordsIn: number
  recordsOut: number
  bytesIn: number
  bytesOut: number
  attempts: number
  tookMs: number
}

export interface Run {
  id: string
  flow: string
  revision: string
  trigger: string
  status: RunStatus
  queuedAt: string
  startedAt: string | null
  endedAt: string | null
  tookMs: number | null
  reason: string | null
  parent: string | null
  resumed: number
  shapes: ShapeOfRun[]
}

export interface Payload {
  shape: string
  direction: 'in' | 'out'
  lineage: string
  meta: Record<string, string>
  variables: Record<string, unknown> | null
  contentType: string
  size: number
  at: string
  text: string | null
  base64: string | null
  cut: boolean | null
}

export interface RequestMade {
  shape: string | null
  attempt: number
  instance: string
  endpoint: string
  method: string
  target: string
  status: number
  at: string
  tookMs: number
  sent: number
  received: number
  requestHeaders: Record<string, string>
  responseHeaders: Record<string, string>
  error: string | null
  /** names what is kept of its bodies */
  bodies: string | null
}

export interface BodiesKept {
  sent: BodyKept | null
  received: BodyKept | null
}

export interface BodyKept {
  contentType: string
  size: number
  text: string | null
  base64: string | null
  cut: boolean
}

export interface LogLine {
  at: string
  shape: string | null
  level: 'debug' | 'info' | 'warn' | 'error'
  text: string
}

export interface FailedPayload {
  id: string
  runId: string
  flow: string
  revision: string
  shape: string
  lineage: string
  contentType: string
  meta: Record<string, string>
  owner: string
  code: string
  message: string
  attempts: number
  at: string
  state: string
  businessKeys: string[]
  replayRun: string | null
}

/** What came of the replay of all that failed in a run. */
export interface Replays {
  runs: string[]
  refused: { failedPayload: string; reason: string }[]
  more: boolean
  stopped: string | null
}

/** A flow as it is drawn. */
export interface Canvas {
  flow: string
  revision: string
  starts: { id: string; kind: string; line: number; settings: string }[]
  shapes: CanvasShape[]
  edges: CanvasEdge[]
}

export interface CanvasShape {
  id: string
  kind: string
  name: string | null
  note: string | null
  parent: string | null
  path: string | null
  paths: string[]
  line: number
  settings: string
  disabled: boolean
  onError: 'stop' | 'skip'
  parallel: number
  camelNode: string
}

export interface CanvasEdge {
  from: string
  to: string
  label: string | null
  way: 'next' | 'path' | 'catch' | 'again'
}

export interface ShapeCounts {
  since: string
  running: number
  shapes: CountsOfShape[]
}

export interface CountsOfShape {
  shape: string
  payloadsIn: number
  payloadsOut: number
  payloadsFailed: number
  recordsIn: number
  recordsOut: number
  attempts: number
  retries: number
  tookMs: number
}
