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

/** What a run, a flow or all flows have in a cache. */
export interface Cache {
  name: string
  scope: 'run' | 'flow' | 'company'
  /** Id of the run or the flow. */
  owner: string | null
  declared: boolean
  entries: number
  bytes: number
}

export interface CacheEntry {
  key: string
  kind: 'value' | 'list' | 'pages'
  parts: number
  bytes: number
  written: string
  expires: string
}

/** A data pool that has keys. */
export interface Pool {
  name: string
  remembered: number
  claimed: number
}

export interface PoolKey {
  entity: string
  key: string
  claimed: boolean
  run: string | null
  since: string
  expires: string
}
