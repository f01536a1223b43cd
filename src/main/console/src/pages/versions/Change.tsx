import { useState } from 'react'
import { FormGroup, TextInput } from '@patternfly/react-core'
import { path, post, type Tagged } from '../../api/client'
import type { Revision, VersionDone, VersionState } from '../../api/versions'
import { Act } from '../../parts/Act'

interface Props {
  flow: string
  /** What was seen when it was decided: nothing is done when it is otherwise by now. */
  seen: Tagged<VersionState>
  /** The version to go back to; without it, what the file says is deployed. */
  to?: Revision
  done: () => void
}

/** Has another version run. */
export function Change({ flow, seen, to, done }: Props) {
  const [note, setNote] = useState('')
  const [asked, setAsked] = useState(seen)
  const said = note.trim() || undefined
  const act = () =>
    to
      ? post<VersionDone>(path`flows/${flow}/rollback`, { to: to.number, note: said }, undefined, asked.tag)
      : post<VersionDone>(path`flows/${flow}/deploy`, { note: said }, undefined, asked.tag)
  return (
    <Act
      label={!to ? 'Deploy' : to.number < (seen.data.running ?? 0) ? 'Go back' : 'Run it again'}
      needs={to ? 'rollbackVersions' : 'deployVersions'}
      variant={to ? 'danger' : 'primary'}
      onAsk={() => setAsked(seen)}
      act={act}
      done={() => {
        setNote('')
        done()
      }}
      ask={
        <>
          <p>
            {to
              ? `Version ${to.number} of ${flow} runs until somebody deploys the flow again, whatever its file says. Connectors, tables and schemas are those of today. Runs that go on end as they began.`
              : `New runs of ${flow} go through what its file says. Runs that go on end as they began.`}
          </p>
          <FormGroup label={to ? 'Why' : 'What it is about'} fieldId="version-note" className="pb-turn">
            <TextInput id="version-note" value={note} maxLength={1000} onChange={(_event, text) => setNote(text)} />
          </FormGroup>
        </>
      }
    />
  )
}
