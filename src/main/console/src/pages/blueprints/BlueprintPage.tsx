import { useState } from 'react'
import { Checkbox, Label, Spinner, TextInput, Title } from '@patternfly/react-core'
import { useParams } from 'react-router-dom'
import { cameFrom, type Blueprints, type BlueprintWhole, type Installed, type InstallJob } from '../../api/blueprints'
import { get, path } from '../../api/client'
import { Facts } from '../../parts/Facts'
import { Frame } from '../../parts/Frame'
import { Sentence } from '../../parts/Sentence'
import { Sheets } from '../../parts/Sheets'
import { useFilter } from '../../parts/useFilter'
import { usePolled } from '../../parts/usePolled'
import { askOf, open, type Given } from './answers'
import { Doing, Done } from './Doing'
import { Picture } from './Picture'
import { Questions } from './Questions'

/** Made anew for another blueprint, so that what came of one is not said of another. */
export default function BlueprintPage() {
  const { blueprint: id = '' } = useParams()
  const [{ catalogue }] = useFilter('catalogue')
  return <OneBlueprint key={`${id} ${catalogue}`} id={id} catalogue={catalogue} />
}

/** One blueprint: what it does and may reach; installing it, and what was installed of it. */
function OneBlueprint({ id, catalogue }: { id: string; catalogue: string }) {
  const whole = usePolled(`blueprint ${id} ${catalogue}`, signal => get<BlueprintWhole>(path`blueprints/${id}`, { catalogue }, signal), () => 60_000)
  const list = usePolled('blueprints', signal => get<Blueprints>('blueprints', {}, signal), () => 30_000)
  const line = list.data?.data.find(one => one.id === id)
  const installed = line?.installed ?? []
  const data = whole.data
  const gone = whole.error && installed.length > 0
  const [job, setJob] = useState<InstallJob>()
  const done = (ended: InstallJob) => {
    setJob(ended)
    list.again()
  }
  return (
    <Frame title={data?.title ?? id} above={[['Blueprints', '/blueprints']]} marks={data && <Label isCompact>{data.version}</Label>}>
      <Sentence error={whole.error} />
      {job && <Done job={job} />}
      {!data && !whole.error && <Spinner aria-label="The blueprint is loaded" />}
      {data && (
        <Sheets
          label="Of the blueprint"
          sheets={{
            About: () => <About of={data} catalogue={catalogue} />,
            Install: () => <Install of={data} catalogue={catalogue} done={done} />,
            Installed: () => <AllInstalled of={data} newest={line?.version ?? data.version} catalogue={catalogue} installed={installed} done={done} />,
          }}
        />
      )}
      {gone && installed.map(one => <Remove key={one.name} name={one.name} done={done} />)}
    </Frame>
  )
}

function About({ of, catalogue }: { of: BlueprintWhole; catalogue: string }) {
  const list = (texts: string[]) => (texts.length > 0 ? texts.join(', ') : 'none')
  return (
    <>
      {of.picture && <Picture of={of.id} title={of.title} catalogue={catalogue} />}
      <p className="pb-reason">{of.description}</p>
      <p className="pb-quiet">{cameFrom(of)}</p>
      <Facts
        label="What it may reach"
        facts={[
          ['systems', list(of.systems)],
          ['hosts', list(of.hosts)],
          ['secrets', list(of.secrets)],
          ['code', list(of.scripts)],
        ]}
      />
      <Facts label="Instances" facts={of.instances.map(need => [need.name, `${need.title} (${need.connector})${need.scopes.length > 0 ? `: ${need.scopes.join(', ')}` : ''}`])} />
      {of.readme && <pre className="pb-text pb-payload">{of.readme}</pre>}
    </>
  )
}

function Install({ of, catalogue, done }: { of: BlueprintWhole; catalogue: string; done: (job: InstallJob) => void }) {
  const [as, setAs] = useState('')
  const [given, setGiven] = useState<Given>({})
  const missing = open(of, given)
  return (
    <>
      <Questions of={of} as={as} setAs={setAs} given={given} set={(name, text) => setGiven(before => ({ ...before, [name]: text }))} />
      {missing.length > 0 && <p className="pb-quiet">To be answered: {missing.join(', ')}.</p>}
      <Doing
        label="Install"
        plans={path`blueprints/${of.id}/plan`}
        does={path`blueprints/${of.id}/install`}
        needs="installBlueprints"
        ask={missing.length > 0 ? undefined : askOf(of, given, as, catalogue)}
        done={done}
      />
    </>
  )
}

function AllInstalled({
  of,
  newest,
  catalogue,
  installed,
  done,
}: {
  of: BlueprintWhole
  newest: string
  catalogue: string
  installed: Installed[]
  done: (job: InstallJob) => void
}) {
  return installed.length === 0 ? (
    <p className="pb-quiet">Nothing was installed of it.</p>
  ) : (
    <>
      {installed.map(one => (
        <section key={one.name} aria-label={one.name}>
          <Title headingLevel="h2" size="lg">
            {one.name} {one.version} {one.update && <Label isCompact status="info">{`there is ${newest}`}</Label>}
          </Title>
          {one.from && <p className="pb-quiet">{cameFrom(one)}</p>}
          {one.update && <Upgrade of={of} name={one.name} catalogue={catalogue} done={done} />}
          <Remove name={one.name} done={done} />
        </section>
      ))}
    </>
  )
}

/** Answers stay as they were; what is given here takes their place, and answers new questions. */
function Upgrade({ of, name, catalogue, done }: { of: BlueprintWhole; name: string; catalogue: string; done: (job: InstallJob) => void }) {
  const [given, setGiven] = useState<Given>({})
  const [more, setMore] = useState(false)
  const [signer, setSigner] = useState('')
  return (
    <>
      <Checkbox id={`more ${name}`} label="Answer questions anew, or new ones" isChecked={more} onChange={(_event, on) => setMore(on)} />
      {more && (
        <Questions of={of} as={undefined} setAs={() => undefined} given={given} set={(field, text) => setGiven(before => ({ ...before, [field]: text }))} />
      )}
      <TextInput
        className="pb-turn"
        aria-label="Accept another signer"
        placeholder="Id of another key to accept; leave empty for the same as before"
        value={signer}
        onChange={(_event, text) => setSigner(text)}
      />
      <Doing
        label="Upgrade"
        plans={path`blueprints/installs/${name}/plan-upgrade`}
        does={path`blueprints/installs/${name}/upgrade`}
        needs="upgradeBlueprints"
        ask={{ ...askOf(of, more ? given : {}, '', catalogue), catalogue, ...(signer.trim() && { acceptSigner: signer.trim() }) }}
        done={done}
      />
    </>
  )
}

function Remove({ name, done }: { name: string; done: (job: InstallJob) => void }) {
  const [changed, setChanged] = useState(false)
  return (
    <>
      <Checkbox id={`changed ${name}`} label="A removal takes files that were changed here, too" isChecked={changed} onChange={(_event, on) => setChanged(on)} />
      <Doing
        label="Remove"
        plans={path`blueprints/installs/${name}/plan-removal`}
        does={path`blueprints/installs/${name}/remove`}
        needs="removeBlueprints"
        ask={{ changed }}
        variant="danger"
        done={done}
      />
    </>
  )
}
