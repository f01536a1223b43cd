/** What the API answers about environments, as far as pages use it. */
import type { Problem } from './types'
import type { VersionDiff, VersionState } from './versions'

export interface Environment {
  id: string
  name: string
  note: string | null
  type: 'test' | 'live'
  labels: string[]
  prefix: string
  deploy: 'auto' | 'manual'
  priority: string | null
  file: string
  replace: Record<string, Record<string, unknown>>
  flows: FlowIn[]
}

/** A flow in an environment. */
export interface FlowIn {
  flow: string
  id: string
  enabled: boolean
  variables: Record<string, unknown>
  /** Null while the files are wrong. */
  version: VersionState | null
}

/** A name that nothing stands for. */
export interface Kept {
  kind: string
  name: string
}

export interface Step {
  flow: string
  id: string
  action: 'deploy' | 'nothing' | 'refused'
  taken: number | null
  before: number | null
  problems: Problem[]
  kept: Kept[]
}

export interface Missing {
  secret: string
  instance: string | null
  setting: string | null
  flows: string[]
}

/** What bringing flows into an environment does, or did. */
export interface Plan {
  /** Another one as soon as anything else would be done. */
  id: string
  environment: string
  from: string | null
  possible: boolean
  flows: Step[]
  missing: Missing[]
}

export interface Package {
  id: string
  name: string
  flows: string[]
}

export interface EnvironmentDiff {
  from: string
  to: string
  settings: { kind: string; name: string; from: string | null; to: string | null }[]
  flows: FlowDiff[]
}

export interface FlowDiff {
  flow: string
  inFrom: boolean
  inTo: boolean
  from: number | null
  to: number | null
  same: boolean
  diff: VersionDiff | null
}
