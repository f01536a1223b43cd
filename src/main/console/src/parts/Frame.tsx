import { useEffect, type ReactNode } from 'react'
import { Breadcrumb, BreadcrumbItem, Flex, FlexItem, PageSection, Title } from '@patternfly/react-core'
import { Link } from 'react-router-dom'

interface Props {
  title: string
  /** Where it stands: names with their paths. */
  above?: [string, string][]
  /** Beside the title. */
  marks?: ReactNode
  /** What can be done here. */
  actions?: ReactNode
  children: ReactNode
}

/** What each page looks like: where it stands, what it is, what can be done. */
export function Frame({ title, above = [], marks, actions, children }: Props) {
  useEffect(() => {
    const before = document.title
    document.title = `${title} – Patchbay`
    return () => {
      document.title = before
    }
  }, [title])
  return (
    <PageSection hasBodyWrapper={false} className="pb-page">
      {above.length > 0 && (
        <Breadcrumb>
          {above.map(([name, path]) => (
            <BreadcrumbItem key={path}>
              <Link to={path}>{name}</Link>
            </BreadcrumbItem>
          ))}
          <BreadcrumbItem isActive>{title}</BreadcrumbItem>
        </Breadcrumb>
      )}
      <Flex className="pb-head">
        <FlexItem>
          <Title headingLevel="h1">{title}</Title>
        </FlexItem>
        {marks && <FlexItem>{marks}</FlexItem>}
        {actions && <FlexItem align={{ default: 'alignRight' }}>{actions}</FlexItem>}
      </Flex>
      {children}
    </PageSection>
  )
}
