import { useState } from 'react'
import { FormGroup, FormSelect, FormSelectOption, TextInput } from '@patternfly/react-core'
import { post } from '../../api/client'
import type { Alert } from '../../api/waiting'
import { Act } from '../../parts/Act'
import { mutableOf } from './mutable'

/** Mutes the flow of an alert, or a group that is told of it, for a while. */
export function MuteAlert({ of, done }: { of: Alert; done: () => void }) {
  const all = mutableOf(of)
  const [place, setPlace] = useState(0)
  const [time, setTime] = useState('2h')
  const [reason, setReason] = useState('')
  const chosen = all[place] ?? all[0]
  if (!chosen) {
    return null
  }
  return (
    <Act
      label="Mute"
      needs="muteMutes"
      act={() => post('alerts/mutes', { ...chosen, for: time.trim(), reason: reason.trim() })}
      done={() => {
        setReason('')
        done()
      }}
      ask={
        <>
          <p>Alerts come up and end as ever. No message is sent, and at the end people are told how many were left out.</p>
          <FormGroup label="What" fieldId="mute-what" className="pb-turn">
            <FormSelect id="mute-what" value={String(all.indexOf(chosen))} onChange={(_event, value) => setPlace(Number(value))}>
              {all.map((one, index) => (
                <FormSelectOption key={index} value={String(index)} label={one.of === 'flow' ? `flow ${one.name}` : `group ${one.name}, whatever it is about`} />
              ))}
            </FormSelect>
          </FormGroup>
          <FormGroup label="For how long" fieldId="mute-for" isRequired className="pb-turn">
            <TextInput id="mute-for" placeholder="2h, 30m, 3d" value={time} isRequired onChange={(_event, text) => setTime(text)} />
          </FormGroup>
          <FormGroup label="Why" fieldId="mute-reason" isRequired className="pb-turn">
            <TextInput id="mute-reason" value={reason} isRequired onChange={(_event, text) => setReason(text)} />
          </FormGroup>
        </>
      }
    />
  )
}
