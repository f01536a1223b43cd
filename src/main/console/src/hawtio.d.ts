/** What the plugin uses of Hawtio's own library, which is on the page already and on no registry in this version. */
declare module '@hawtio/react' {
  import type { ComponentType, Context } from 'react'

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

  /** A node of the tree of MBeans. */
  interface MBeanNode {
    name: string
  }

  export const workspace: { getTree(): Promise<{ find(fits: (node: MBeanNode) => boolean): MBeanNode | null }> }
  /** The node that the pages of JMX and Camel show. */
  export const PluginNodeSelectionContext: Context<{ setSelectedNode(node: MBeanNode | null): void }>
}

declare module '*.css'
