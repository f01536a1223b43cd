import { useRef, useState } from 'react'
import { FormGroup, TextInput } from '@patternfly/react-core'
import { getTagged, path, post, type Tagged } from '../../api/client'
import type { Wait } from '../../api/waiting'
import { Act } from '../../parts/Act'

/** Who decided last in this window: they need not say it again. */
let lastBy = ''

/** Lets a payload go on, or refuses it. */
export function Decide({ wait, approve, done }: { wait: Wait; approve: boolean; done: () => void }) {
  const [by, setBy] = useState(lastBy)
  const [note, setNote] = useState('')
  const one = path`waits/${wait.id}`
  const asked = useRef<Promise<Tagged<Wait>>>(undefined)
  const ask = () => {
    asked.current = getTagged<Wait>(one)
    asked.current.catch(() => undefined) // told when it is decided
  }
  const decide = async () => {
    const { tag } = await (asked.current ?? getTagged<Wait>(one))
    await post(`${one}/${approve ? 'approve' : 'reject'}`, {}, { by: by.trim(), ...(note.trim() && { note: note.trim() }) }, tag)
    lastBy = by.trim()
  }
  const label = approve ? (wait.kind === 'approval' ? 'Approve' : 'Let it go on') : 'Refuse'
  const prefix = `wait-${approve ? 'approve' : 'refuse'}`
  return (
    <Act
      label={label}
      needs={approve ? 'approveWaits' : 'rejectWaits'}
      variant={approve ? 'secondary' : 'danger'}
      onAsk={ask}
      act={decide}
      done={done}
      ask={
        <>
          <p>
            {approve
              ? `The payload goes on in ${wait.flow} behind ${wait.shape}, in a run of its own.`
              : `The payload does not go on in ${wait.flow}: what becomes of it, ${wait.shape} says with onReject.`}
          </p>
          <FormGroup label="Who decides" fieldId={`${prefix}-by`} isRequired className="pb-turn">
            <TextInput id={`${prefix}-by`} value={by} isRequired onChange={(_event, text) => setBy(text)} />
          </FormGroup>
          <FormGroup label="What they say" fieldId={`${prefix}-note`} className="pb-turn">
            <TextInput id={`${prefix}-note`} value={note} onChange={(_event, text) => setNote(text)} />
          </FormGroup>
        </>
      }
    />
  )
}
