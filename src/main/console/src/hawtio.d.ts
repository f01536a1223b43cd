/** What the plugin uses of Hawtio's own library, which is on the page already and on no registry in this version. */
declare module '@hawtio/react' {
  import type { ComponentType } from 'react'

  interface Plugin {
    id: string
    title: string
    path: string
    /** Hawtio's own stand at 0 to 30. */
    order?: number
    component: ComponentType
    isActive(): Promise<boolean>
  }

  export const hawtio: { addPlugin(plugin: Plugin): void }
}

declare module '*.css'
