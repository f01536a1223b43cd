import { useState } from 'react'
import { Alert, Checkbox, Flex, Form, FormGroup, FormSelect, FormSelectOption, TextInput } from '@patternfly/react-core'
import { get, getTagged, path, post, type Page, type Query } from '../../api/client'
import type { Environment, Package, Plan } from '../../api/environments'
import { Act } from '../../parts/Act'
import { usePolled } from '../../parts/usePolled'
import { Planned } from './Planned'

const SOME = 'some'
const PACKAGE = 'package '

/** Brings flows into the environment: what the files say, or what runs in another one. What it would do is shown before. */
export function DeploySheet({ of, others, done }: { of: Environment; others: string[]; done: () => void }) {
  const packages = usePolled('packages', signal => get<Page<Package>>('packages', {}, signal), () => 60_000)
  const [from, setFrom] = useState('')
  const [which, setWhich] = useState('')
  const [chosen, setChosen] = useState<string[]>([])
  const [note, setNote] = useState('')
  const [seen, setSeen] = useState<{ ask: string; plan: Plan; tag: string; now: boolean }>()
  const ask: Query = {
    from,
    flow: which === SOME ? chosen.join(',') : undefined,
    package: which.startsWith(PACKAGE) ? which.slice(PACKAGE.length) : undefined,
  }
  // What was chosen otherwise since has to be looked at again.
  const key = JSON.stringify(ask)
  const current = seen?.ask === key ? seen : undefined
  const verb = from ? 'Promote' : 'Deploy'
  const show = async () => {
    const { data, tag } = await getTagged<Plan>(path`environments/${of.id}/plan`, ask)
    setSeen({ ask: key, plan: data, tag, now: false })
  }
  // Only what was shown is done: who is told that it is something else by now looks again.
  const go = async () => {
    const plan = await post<Plan>(path`environments/${of.id}/deploy`, { ...ask, note: note.trim() }, undefined, current?.tag)
    setSeen({ ask: key, plan, tag: '', now: true })
    setNote('')
  }
  return (
    <>
      <Form isHorizontal>
        <FormGroup label="What is taken" fieldId="deploy-from">
          <FormSelect id="deploy-from" className="pb-find" value={from} onChange={(_event, choice) => setFrom(choice)}>
            <FormSelectOption value="" label="what the files say" />
            <FormSelectOption value="base" label="what runs in no environment" />
            {others.map(other => (
              <FormSelectOption key={other} value={other} label={`what runs in ${other}`} />
            ))}
          </FormSelect>
        </FormGroup>
        <FormGroup label="Which flows" fieldId="deploy-which">
          <FormSelect id="deploy-which" className="pb-find" value={which} onChange={(_event, choice) => setWhich(choice)}>
            <FormSelectOption value="" label="all of the environment" />
            {(packages.data?.data ?? []).map(pack => (
              <FormSelectOption key={pack.id} value={PACKAGE + pack.id} label={`the package ${pack.name}`} />
            ))}
            <FormSelectOption value={SOME} label="some" />
          </FormSelect>
          {which === SOME &&
            of.flows.map(({ flow }) => (
              <Checkbox
                key={flow}
                id={`deploy ${flow}`}
                label={flow}
                isChecked={chosen.includes(flow)}
                onChange={(_event, on) => setChosen(before => (on ? [...before, flow] : before.filter(one => one !== flow)))}
              />
            ))}
        </FormGroup>
      </Form>
      <Flex className="pb-turn">
        <Act label="Show what it does" needs="planEnvironments" isDisabled={which === SOME && chosen.length === 0} act={show} />
        {current?.plan.possible && !current.now && (
          <Act
            label={verb}
            needs="deployEnvironments"
            variant="primary"
            act={go}
            done={done}
            ask={
              <>
                <p>
                  New runs of these flows of {of.name} go through {from ? `what runs in ${from === 'base' ? 'no environment' : from}` : 'what the files say'} now. All of
                  them change, or none.
                </p>
                <FormGroup label="What it is about" fieldId="deploy-note" className="pb-turn">
                  <TextInput id="deploy-note" value={note} maxLength={1000} onChange={(_event, text) => setNote(text)} />
                </FormGroup>
              </>
            }
          />
        )}
      </Flex>
      {current?.now && <Alert variant="success" isInline title={from ? 'It was promoted.' : 'It was deployed.'} className="pb-turn" />}
      {current && <Planned plan={current.plan} now={current.now} />}
    </>
  )
}
