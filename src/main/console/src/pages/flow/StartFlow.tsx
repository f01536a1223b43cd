import { useState } from 'react'
import { FormGroup, FormHelperText, HelperText, HelperTextItem, TextArea } from '@patternfly/react-core'
import { useNavigate } from 'react-router-dom'
import { path, send } from '../../api/client'
import type { Flow } from '../../api/types'
import { Act } from '../../parts/Act'

/** Starts a run by hand, with what somebody typed as its payload. */
export function StartFlow({ flow, started }: { flow: Flow; started: () => void }) {
  const [payload, setPayload] = useState('')
  const navigate = useNavigate()
  const start = async () => {
    const { run } = await send<{ run: string }>(
      path`flows/${flow.id}/start`,
      { trigger: 'manual' },
      payload || undefined,
      isJson(payload) ? 'application/json' : 'text/plain;charset=UTF-8',
    )
    navigate(`/flows/${flow.id}/runs/${run}`)
  }
  return (
    <Act
      label="Start"
      needs="startFlows"
      variant="primary"
      act={start}
      done={started}
      ask={
        <FormGroup label="Payload" fieldId="start-payload">
          <TextArea
            id="start-payload"
            value={payload}
            onChange={(_event, text) => setPayload(text)}
            resizeOrientation="vertical"
            rows={6}
            className="pb-mono"
          />
          <FormHelperText>
            <HelperText>
              <HelperTextItem>JSON or other text; nothing is an empty payload. It really runs: what the flow sends is sent.</HelperTextItem>
            </HelperText>
          </FormHelperText>
        </FormGroup>
      }
    />
  )
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
