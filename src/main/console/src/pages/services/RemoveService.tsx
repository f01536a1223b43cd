import { useState } from 'react'
import { Checkbox } from '@patternfly/react-core'
import { useNavigate } from 'react-router-dom'
import { path, remove } from '../../api/client'
import type { Service } from '../../api/services'
import { Act } from '../../parts/Act'

/** Takes the file of a service away. */
export function RemoveService({ of }: { of: Service }) {
  const [force, setForce] = useState(false)
  const navigate = useNavigate()
  return (
    <Act
      label="Remove"
      needs="removeServiceFiles"
      variant="danger"
      onAsk={() => setForce(false)}
      ask={
        <>
          <p>
            {of.file} is deleted, with the tests of the service. Its runs, versions and failed payloads stay in the history; nothing starts it any
            more.
          </p>
          <Checkbox
            id="remove-force"
            label="Also while a run of it goes on, or starts of it wait: the run ends as it began, the starts are held"
            isChecked={force}
            onChange={(_event, on) => setForce(on)}
          />
        </>
      }
      act={() => remove(path`services/${of.id}`, { force: force ? 'true' : undefined })}
      done={() => void navigate('/services')}
    />
  )
}
