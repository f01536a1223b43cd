/** What the API answers, as far as pages use it; the whole of it stands in the OpenAPI document. */

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
}
