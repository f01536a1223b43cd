import { post, type Page } from '../../api/client'
import type { Mute } from '../../api/waiting'
import { Act } from '../../parts/Act'
import { Rows, type Column } from '../../parts/Rows'
import { Sentence } from '../../parts/Sentence'
import { count } from '../../parts/time'
import type { Polled } from '../../parts/usePolled'
import { When } from '../../parts/When'

/** What is muted now; nothing where nothing is. */
export function Muted({ mutes, done }: { mutes: Polled<Page<Mute>>; done: () => void }) {
  const columns: Column<Mute>[] = [
    { title: 'Muted', cell: mute => `${mute.of} ${mute.name}` },
    { title: 'Until', cell: mute => <When at={mute.until} /> },
    { title: 'Why', cell: mute => mute.reason },
    { title: 'By', cell: mute => mute.by },
    { title: 'Left out', right: true, cell: mute => count(mute.held) },
    { title: 'Do', cell: ({ of, name }) => <Act label="End" needs="endMutes" act={() => post('alerts/mutes/end', { of, name })} done={done} /> },
  ]
  return (
    <>
      <Sentence error={mutes.error} />
      {mutes.data && mutes.data.data.length > 0 && (
        <Rows label="What is muted" rows={mutes.data.data} columns={columns} id={mute => `${mute.of} ${mute.name}`} />
      )}
    </>
  )
}
