/** What the API answers about what flows remember, as far as pages use it. */

/** How far the runs of a flow came in a list that grows. */
export interface Cursor {
  flow: string
  instance: string
  endpoint: string
  /** Tells its inputs from others of the endpoint. */
  digest: string
  inputs: string
  kind: 'datetime' | 'sequence' | 'token'
  position: string
  movedAt: string
  run: string | null
}
