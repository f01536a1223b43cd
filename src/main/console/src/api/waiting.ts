/** What the API answers about what waits for people, and what they were told, as far as pages use it. */

/** A payload that waits for a person or an event, or did. */
export interface Wait {
  id: string
  flow: string
  runId: string
  shape: string
  kind: 'approval' | 'event'
  key: string | null
  title: string | null
  message: string | null
  bytes: number
  state: WaitState
  since: string
  expiresAt: string
  decidedAt: string | null
  by: string | null
  note: string | null
  releasedTo: string | null
}

export type WaitState = 'waiting' | 'approved' | 'rejected' | 'released' | 'expired'

export interface Alert {
  id: string
  kind: string
  /** A flow or an instance; empty for the program itself. */
  subject: string
  open: boolean
  openedAt: string
  lastAt: string
  overAt: string | null
  times: number
  sentence: string
  advice: string
  runId: string | null
  receivers: string[]
  /** Until when nobody at all is told of it. */
  mutedUntil: string | null
  messages: { target: string; state: string; attempts: number; nextAt: string; problem: string | null }[]
}

/** Something of which nobody is told for a while. */
export interface Mute {
  of: 'flow' | 'group'
  name: string
  since: string
  until: string
  reason: string
  by: string
  /** How many messages were left out until now. */
  held: number
}

/** A list whose keys are kept, because its deletes are what is missing in it. */
export interface KnownList {
  flow: string
  instance: string
  endpoint: string
  /** Tells its inputs from others of the endpoint. */
  digest: string
  inputs: string
  fields: string
  keys: number
  bytes: number
  keptAt: string
  run: string
  allowed: boolean
}
