import { Tab, TabTitleText, Tabs } from '@patternfly/react-core'
import type { ReactNode } from 'react'
import { useFilter } from './useFilter'

/** Sheets of a page, one of which is seen; which one stands in the address. */
export function Sheets({ label, sheets }: { label: string; sheets: Record<string, () => ReactNode> }) {
  const [{ sheet }, set] = useFilter('sheet')
  const names = Object.keys(sheets)
  const active = sheet in sheets ? sheet : (names[0] ?? '')
  return (
    <>
      <Tabs aria-label={label} activeKey={active} onSelect={(_event, name) => set({ sheet: String(name) })} className="pb-sheets">
        {names.map(name => (
          <Tab key={name} eventKey={name} title={<TabTitleText>{name}</TabTitleText>} tabContentId={`sheet-${name}`} />
        ))}
      </Tabs>
      <div id={`sheet-${active}`} role="tabpanel" aria-label={active}>
        {sheets[active]?.()}
      </div>
    </>
  )
}
