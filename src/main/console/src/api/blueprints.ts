/** What the API answers about blueprints, as far as pages use it. */

export interface Installed {
  name: string
  version: string
  update: boolean
  /** Empty where it was not kept, as who signed it. */
  from: string
  signedBy: string
}

export interface Blueprint {
  id: string
  version: string
  title: string
  systems: string[]
  catalogue: string
  connectors: string[]
  installed: Installed[]
  problems: string[]
}

export interface Blueprints {
  data: Blueprint[]
  troubles: string[]
}

export interface Question {
  name: string
  title: string
  type: 'text' | 'number' | 'boolean' | 'duration' | 'choice'
  choices: string[]
  otherwise: string
}

export interface Need {
  name: string
  connector: string
  title: string
  scopes: string[]
}

export interface BlueprintWhole {
  id: string
  version: string
  title: string
  description: string
  systems: string[]
  instances: Need[]
  questions: Question[]
  hosts: string[]
  secrets: string[]
  scripts: string[]
  from: string
  signedBy: string
  readme: string
  picture: boolean
}

export interface FileChange {
  path: string
  action: 'new' | 'changed' | 'kept' | 'gone' | 'conflict'
  why: string
  lines: string[]
}

export interface Plan {
  verb: 'install' | 'upgrade' | 'remove'
  name: string
  blueprint: string
  possible: boolean
  from: string
  changes: FileChange[]
  renames: string[]
  needs: string[]
  hosts: string[]
  secrets: string[]
  scripts: string[]
  obstacles: string[]
}

export interface InstallJob {
  id: string
  verb: 'install' | 'upgrade' | 'remove'
  name: string
  blueprint: string
  state: 'going' | 'done' | 'failed'
  tests: number
  message: string
}

/** What is sent with a plan or what is planned. */
export interface Ask {
  as?: string
  catalogue?: string
  answers?: Record<string, string>
  instances?: Record<string, string>
  secrets?: Record<string, string>
  keep?: 'mine' | 'theirs'
  changed?: boolean
  acceptSigner?: string
}

/** Where an install came from and who signed it, as people read it. */
export const cameFrom = (one: { from: string; signedBy: string }) => `from ${one.from}, ${one.signedBy === 'nobody' ? 'not signed' : `signed by ${one.signedBy}`}`
