import { Label, SearchInput, ToggleGroup, ToggleGroupItem, Toolbar, ToolbarContent, ToolbarItem } from '@patternfly/react-core'
import type { RunStatus } from '../../api/types'
import { Frame } from '../../parts/Frame'
import { useFilter } from '../../parts/useFilter'
import { RunTable } from './RunTable'

export const statuses: RunStatus[] = ['queued', 'running', 'succeeded', 'partial', 'failed', 'stopped']

export default function RunsPage() {
  const [filter, setFilter] = useFilter('status', 'q', 'flow', 'trigger', 'businessKey')
  const others = ['flow', 'trigger', 'businessKey'] as const
  return (
    <Frame title="Runs">
      <Toolbar>
        <ToolbarContent>
          <ToolbarItem>
            <SearchInput
              className="pb-find"
              aria-label="Find runs by id, trigger or why they failed"
              placeholder="Id, trigger or reason"
              value={filter.q}
              onChange={(_event, q) => setFilter({ q })}
              onClear={() => setFilter({ q: '' })}
            />
          </ToolbarItem>
          <ToolbarItem>
            <StatusFilter value={filter.status} onChange={status => setFilter({ status })} />
          </ToolbarItem>
          {others
            .filter(name => filter[name])
            .map(name => (
              <ToolbarItem key={name}>
                <Label onClose={() => setFilter({ [name]: '' })}>{`${name}: ${filter[name]}`}</Label>
              </ToolbarItem>
            ))}
        </ToolbarContent>
      </Toolbar>
      <RunTable query={filter}>
        {filter.q && !/[\p{L}\p{N}]{3}/u.test(filter.q)
          ? 'No id begins so, and no trigger is called so. Reasons are looked at for text with three letters or digits in a row.'
          : 'Nothing ran, or nothing of what you filter by. Start a flow on its page, or take a filter away.'}
      </RunTable>
    </Frame>
  )
}

export function StatusFilter({ value, onChange }: { value: string; onChange: (status: string) => void }) {
  return (
    <ToggleGroup aria-label="Only runs with this status">
      {statuses.map(status => (
        <ToggleGroupItem key={status} text={status} isSelected={value === status} onChange={() => onChange(value === status ? '' : status)} />
      ))}
    </ToggleGroup>
  )
}
