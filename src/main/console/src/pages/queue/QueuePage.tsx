import { MenuToggle, Select, SelectList, SelectOption, Spinner, ToggleGroup, ToggleGroupItem, Toolbar, ToolbarContent, ToolbarItem } from '@patternfly/react-core'
import { useState } from 'react'
import { Link } from 'react-router-dom'
import { path, post } from '../../api/client'
import type { QueuedStart } from '../../api/operating'
import { Act } from '../../parts/Act'
import { Frame } from '../../parts/Frame'
import { Nothing } from '../../parts/Nothing'
import { Rows, type Column } from '../../parts/Rows'
import { Sentence } from '../../parts/Sentence'
import { bytes } from '../../parts/time'
import { Turn } from '../../parts/Turn'
import { useFilter } from '../../parts/useFilter'
import { usePages } from '../../parts/usePages'
import { useRefusal } from '../../parts/useSession'
import { When } from '../../parts/When'

const states = ['waiting', 'claimed', 'quarantined'] as const
const priorities = ['highest', 'high', 'regular', 'low', 'lowest'] as const

/** Starts whose run has not ended: what waits, what runs, and what was put aside. */
export default function QueuePage() {
  const [filter, setFilter] = useFilter('state', 'flow')
  const state = filter.state || 'waiting'
  const starts = usePages<QueuedStart>('starts', { state, flow: filter.flow })
  const columns: Column<QueuedStart>[] = [
    { title: 'Flow', by: start => start.flow, cell: start => <Link to={`/flows/${start.flow}`}>{start.flow}</Link> },
    { title: 'Started by', cell: start => start.trigger },
    { title: 'Since', by: start => start.queuedAt, cell: start => <When at={start.queuedAt} /> },
    { title: 'Size', right: true, by: start => start.size, cell: start => bytes(start.size) },
    { title: 'Priority', cell: start => <Priority of={start} done={starts.again} /> },
    { title: 'Crashes', right: true, by: start => start.crashes, cell: start => start.crashes },
    { title: 'Do', cell: start => <Choices of={start} done={starts.again} /> },
  ]
  return (
    <Frame title="Queue">
      <Toolbar>
        <ToolbarContent>
          <ToolbarItem>
            <ToggleGroup aria-label="Starts in this state">
              {states.map(one => (
                <ToggleGroupItem key={one} text={one} isSelected={one === state} onChange={() => setFilter({ state: one })} />
              ))}
            </ToggleGroup>
          </ToolbarItem>
        </ToolbarContent>
      </Toolbar>
      <Sentence error={starts.error} />
      {!starts.data ? (
        !starts.error && <Spinner size="lg" aria-label="Starts are loaded" />
      ) : starts.data.data.length === 0 ? (
        <Nothing title={state === 'quarantined' ? 'Nothing was put aside' : 'The queue is empty'}>
          {state === 'quarantined'
            ? 'A start that the program died of three times in a row would wait here for you.'
            : 'Starts that are accepted wait here until a run takes them.'}
        </Nothing>
      ) : (
        <Rows label={`Starts that are ${state}, newest first`} rows={starts.data.data} columns={columns} id={start => start.id} />
      )}
      <Turn page={starts.page} newer={starts.newer} older={starts.older} />
    </Frame>
  )
}

function Priority({ of, done }: { of: QueuedStart; done: () => void }) {
  const [open, setOpen] = useState(false)
  const [error, setError] = useState<Error>()
  const why = useRefusal('prioritiseStarts')
  if (of.state !== 'waiting' || why) {
    return <span title={of.state === 'waiting' ? why : undefined}>{of.priority}</span>
  }
  const set = async (priority: string) => {
    setOpen(false)
    try {
      await post(path`starts/${of.id}/priority`, { priority })
      setError(undefined)
    } catch (refused) {
      setError(refused as Error)
    }
    done()
  }
  return (
    <>
      <Select
        isOpen={open}
        selected={of.priority}
        onOpenChange={setOpen}
        onSelect={(_event, priority) => void set(String(priority))}
        toggle={toggle => (
          <MenuToggle ref={toggle} isExpanded={open} onClick={() => setOpen(!open)} aria-label={`Priority of ${of.id}`}>
            {of.priority}
          </MenuToggle>
        )}
      >
        <SelectList>
          {priorities.map(priority => (
            <SelectOption key={priority} value={priority}>
              {priority}
            </SelectOption>
          ))}
        </SelectList>
      </Select>
      <Sentence error={error} />
    </>
  )
}

function Choices({ of, done }: { of: QueuedStart; done: () => void }) {
  return (
    <span className="pb-nowrap">
      {of.state === 'quarantined' && (
        <Act
          label="Release"
          needs="releaseStarts"
          ask="It waits again, as if the program had never died of it. If it dies again, the start comes back here."
          act={() => post(path`starts/${of.id}/release`)}
          done={done}
        />
      )}{' '}
      {of.state !== 'claimed' && (
        <Act
          label="Discard"
          needs="discardStarts"
          variant="danger"
          ask={`The start and its payload are deleted. Nothing of ${of.flow} runs for it.`}
          act={() => post(path`starts/${of.id}/discard`)}
          done={done}
        />
      )}
    </span>
  )
}
