import { Component, Suspense, type ReactNode } from 'react'
import { Bullseye, PageSection, Spinner } from '@patternfly/react-core'
import { Link, Route, Routes, useLocation } from 'react-router-dom'
import type { Section } from '../pages'
import { Nothing } from './Nothing'
import { Sentence } from './Sentence'

/** The pages of a section: the one that fits the address. */
export function SectionView({ section }: { section: Section }) {
  const { pathname } = useLocation()
  return (
    <Boundary key={pathname}>
      <Suspense fallback={<Wait />}>
        {/* Hawtio shows this element for the path and all that follows it; the paths here are what follows. */}
        <Routes>
          {Object.entries(section.routes).map(([path, Page]) => (
            <Route key={path} path={path} element={<Page />} />
          ))}
          <Route path="*" element={<NoPage section={section} />} />
        </Routes>
      </Suspense>
    </Boundary>
  )
}

function NoPage({ section }: { section: Section }) {
  return (
    <PageSection hasBodyWrapper={false}>
      <Nothing title="There is no such page">
        <Link to={section.path}>Go to {section.title}</Link>
      </Nothing>
    </PageSection>
  )
}

function Wait() {
  return (
    <Bullseye>
      <Spinner aria-label="The page is loaded" />
    </Bullseye>
  )
}

/** Shows what broke in a page instead of taking the whole console with it. */
class Boundary extends Component<{ children: ReactNode }, { error?: Error }> {
  override state: { error?: Error } = {}

  static getDerivedStateFromError(error: Error) {
    return { error }
  }

  override render() {
    if (!this.state.error) {
      return this.props.children
    }
    return (
      <PageSection hasBodyWrapper={false}>
        <Sentence error={new Error(`This page broke: ${this.state.error.message}. Load it again; if that does not help, tell an administrator.`)} />
      </PageSection>
    )
  }
}
