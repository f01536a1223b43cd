import { hawtio } from '@hawtio/react'
import { sections, type Section } from './pages'
import { parseOnce } from './parts/parseOnce'
import { SectionView } from './parts/SectionView'
import './console.css'

/** Tells Hawtio of all sections; they stand in front of its own. */
export function plugin(): void {
  parseOnce()
  sections.forEach((section, place) =>
    hawtio.addPlugin({
      id: section.id,
      title: section.title,
      path: section.path,
      order: place - sections.length,
      component: viewOf(section),
      isActive: async () => true,
    }),
  )
}

function viewOf(section: Section) {
  return function View() {
    return <SectionView section={section} />
  }
}
