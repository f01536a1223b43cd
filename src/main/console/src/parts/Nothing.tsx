import type { ReactNode } from 'react'
import { EmptyState, EmptyStateBody } from '@patternfly/react-core'

/** Says that there is nothing, and what to do. */
export function Nothing({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <EmptyState titleText={title} headingLevel="h2" variant="sm">
      <EmptyStateBody>{children}</EmptyStateBody>
    </EmptyState>
  )
}
