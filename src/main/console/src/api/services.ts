/** What the API answers about services, as far as pages use it. */

export interface Service {
  id: string
  name: string
  note: string | null
  labels: string[]
  file: string
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
