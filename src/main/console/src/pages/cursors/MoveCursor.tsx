import { useState } from 'react'
import { FormGroup, FormHelperText, HelperText, HelperTextItem, TextInput } from '@patternfly/react-core'
import { post } from '../../api/client'
import type { Cursor } from '../../api/stores'
import { Act } from '../../parts/Act'
import { cursorPath } from './cursorPath'

/** Puts a cursor elsewhere: to a position, or one that is a time so much earlier. */
export function MoveCursor({ of, done }: { of: Cursor; done: () => void }) {
  const [to, setTo] = useState<string>()
  const [back, setBack] = useState('')
  const shown = to ?? of.position
  const move = () => post(`${cursorPath(of)}/move`, { digest: of.digest, ...(back.trim() ? { back: back.trim() } : { to: shown.trim() }) })
  return (
    <Act
      label="Move"
      needs="moveCursors"
      act={move}
      done={() => {
        setTo(undefined)
        setBack('')
        done()
      }}
      ask={
        <>
          <FormGroup label="New position" fieldId="cursor-to">
            <TextInput id="cursor-to" className="pb-mono" value={shown} isDisabled={back.trim() !== ''} onChange={(_event, text) => setTo(text)} />
          </FormGroup>
          {of.kind === 'datetime' && (
            <FormGroup label="Or so much earlier" fieldId="cursor-back" className="pb-turn">
              <TextInput id="cursor-back" placeholder="7d, 12h, 30m" value={back} onChange={(_event, text) => setBack(text)} />
            </FormGroup>
          )}
          <FormHelperText>
            <HelperText>
              <HelperTextItem>
                The next run of {of.flow} begins there. Earlier: it reads and sends again what it had. Later: what lies between is never read.
              </HelperTextItem>
            </HelperText>
          </FormHelperText>
        </>
      }
    />
  )
}
