import { Label, Spinner, ToggleGroup, ToggleGroupItem } from '@patternfly/react-core'
import { Link } from 'react-router-dom'
import { get, type Page } from '../../api/client'
import type { Alert, Mute } from '../../api/waiting'
import { Frame } from '../../parts/Frame'
import { Nothing } from '../../parts/Nothing'
import { Rows, type Column } from '../../parts/Rows'
import { Sentence } from '../../parts/Sentence'
import { count } from '../../parts/time'
import { Turn } from '../../parts/Turn'
import { useFilter } from '../../parts/useFilter'
import { usePages } from '../../parts/usePages'
import { usePolled } from '../../parts/usePolled'
import { When } from '../../parts/When'
import { causeOf } from './cause'
import { MuteAlert } from './MuteAlert'
import { Muted } from './Muted'

const columns: Column<Alert>[] = [
  {
    title: 'What is the matter',
    cell: alert => (
      <>
        {alert.sentence}
        <div className="pb-quiet">To do: {alert.advice}</div>
      </>
    ),
  },
  {
    title: 'State',
    cell: alert => (
      <>
        <Label isCompact {...(alert.open ? { status: 'danger' } : { color: 'grey', variant: 'outline' })}>
          {alert.open ? 'open' : 'over'}
        </Label>
        {alert.mutedUntil && (
          <div className="pb-quiet">
            muted until <When at={alert.mutedUntil} />
          </div>
        )}
      </>
    ),
  },
  { title: 'Kind', cell: alert => <span className="pb-nowrap">{alert.kind.replaceAll('_', ' ')}</span> },
  { title: 'Cause', cell: alert => <Cause of={alert} /> },
  { title: 'Since', cell: alert => <When at={alert.openedAt} /> },
  { title: 'Last seen', cell: alert => <When at={alert.lastAt} /> },
  { title: 'Times', right: true, cell: alert => count(alert.times) },
  { title: 'Told', cell: alert => <Told alert={alert} /> },
]

/** What people were told, and what to do about it. */
export default function AlertsPage() {
  const [filter, setFilter] = useFilter('past', 'kind', 'subject')
  const alerts = usePages<Alert>('alerts', { open: filter.past !== 'yes', kind: filter.kind, subject: filter.subject })
  const mutes = usePolled('mutes', signal => get<Page<Mute>>('alerts/mutes', {}, signal))
  const again = () => {
    mutes.again()
    alerts.again()
  }
  const shown: Column<Alert>[] = [
    ...columns,
    { title: 'Do', cell: alert => alert.open && !alert.mutedUntil && <MuteAlert of={alert} done={again} /> },
  ]
  return (
    <Frame title="Alerts">
      <Sentence error={alerts.error} />
      <Muted mutes={mutes} done={again} />
      <ToggleGroup aria-label="Which alerts">
        <ToggleGroupItem text="open" isSelected={filter.past !== 'yes'} onChange={() => setFilter({ past: '' })} />
        <ToggleGroupItem text="over" isSelected={filter.past === 'yes'} onChange={() => setFilter({ past: 'yes' })} />
      </ToggleGroup>
      {(['kind', 'subject'] as const)
        .filter(name => filter[name])
        .map(name => (
          <Label key={name} onClose={() => setFilter({ [name]: '' })}>{`${name}: ${filter[name]}`}</Label>
        ))}
      {!alerts.data ? (
        !alerts.error && <Spinner size="lg" aria-label="Alerts are loaded" />
      ) : alerts.data.data.length === 0 ? (
        <Nothing title={filter.past === 'yes' ? 'No alert is over yet' : 'No alert is open'}>
          Patchbay looks by itself for runs that fail, systems that do not answer, schedules that are missed and the like. Who is told of it, the setting
          patchbay.alerts.to and alerts in the file of a flow say (docs/reference/alerts.md).
        </Nothing>
      ) : (
        <Rows label="Alerts, newest first" rows={alerts.data.data} columns={shown} id={alert => alert.id} />
      )}
      <Turn page={alerts.page} newer={alerts.newer} older={alerts.older} />
    </Frame>
  )
}

function Cause({ of }: { of: Alert }) {
  const cause = causeOf(of)
  return cause ? <Link to={cause.path}>{cause.name}</Link> : <span className="pb-quiet">the program</span>
}

function Told({ alert }: { alert: Alert }) {
  const refused = alert.messages.filter(message => message.problem !== null)
  return (
    <>
      {alert.receivers.join(', ') || <span className="pb-quiet">nobody</span>}
      {refused.map((message, place) => (
        <div key={place} className="pb-bad">
          {message.target}: {message.problem}
        </div>
      ))}
    </>
  )
}
