/** What the API answers about versions of flows, as far as pages use it. */

/** A version that is kept. */
export interface Revision {
  number: number
  revision: string
  file: string
  firstAt: string
  lastRunAt: string | null
  by: string | null
  note: string | null
  active: boolean
}

/** Which version runs, and how the file stands to it. */
export interface VersionState {
  flow: string
  running: number | null
  revision: string | null
  fileState: 'runs' | 'draft' | 'errors'
  fileRevision: string | null
  deploy: 'auto' | 'manual'
  held: { number: number | null; revision: string; why: 'rollback' | 'deploy' | 'pinned'; since: string; by: string | null; note: string | null } | null
}

export interface VersionChange {
  kind: 'added' | 'removed' | 'moved' | 'changed'
  what: string
  shape: string | null
  path: string
  before: unknown
  after: unknown
}

export interface VersionDiff {
  from: string
  to: string
  changes: VersionChange[]
  /** A unified diff; empty when the texts are the same. */
  text: string
  complete: boolean
}

export interface VersionDone {
  version: VersionState
  before: number | null
  today: VersionChange[]
}
