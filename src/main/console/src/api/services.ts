/** What the API answers about services, as far as pages use it. */

export interface Service {
  id: string
  name: string
  note: string | null
  labels: string[]
  file: string
  /** Null outside of all. */
  environment: string | null
  /** Those that have its flow, too. */
  environments: string[]
  status: 'draft' | 'active' | 'inactive'
  enabled: boolean
  entity: string
  source: string
  destination: string
  confirms: boolean
  triggers: string[]
  sweeps: string[]
  alerts: string[]
  notes: string[]
  inputs: Record<string, unknown>
  /** What its file says of the source; a run may have it otherwise. */
  pageSize: number | null
  attempts: number | null
  zone: string | null
}

export type ItemStatus = 'ok' | 'sent' | 'pending' | 'failed'

/** The newest that is known of an item of a service. */
export interface Item {
  reference: string | null
  status: ItemStatus
  at: string
  run: string
  attempts: number
  shape: string | null
  code: string | null
  reason: string | null
  failedPayload: string | null
  resync: boolean
}

export interface Resynced {
  data: Again[]
  next: string | null
}

/** An item that was to be sent again. */
export interface Again {
  reference: string | null
  run: string | null
  refused: string | null
}

/** An endpoint that lists or takes records. */
export interface RecordEndpoint {
  id: string
  needs: string[]
}

/** Which records an instance lists and takes. */
export interface Records {
  entities: string[]
  lists: RecordEndpoint[]
  sends: RecordEndpoint[]
}

/** What a new service is to be. */
export interface ServiceRequest {
  name: string
  title?: string
  entity: string
  source: SideRequest
  destination: SideRequest
  trigger?: unknown
  reference: string
  filters: Record<string, unknown>[]
  fields: Record<string, unknown>[]
  active: boolean
}

export interface SideRequest {
  instance: string
  endpoint: string
  with: Record<string, unknown>
}

/** A file of a service, that was written or would be. */
export interface ServiceFile {
  id: string
  file: string
  text: string
  wrong: string[]
}

/** Fields that a map could have. */
export interface MapSuggestion {
  fields: { to: string; from: string; flatten: boolean; then: string[]; sure: 'sure' | 'likely' | 'maybe' }[]
}
