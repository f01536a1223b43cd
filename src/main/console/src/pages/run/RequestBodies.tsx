import { useState } from 'react'
import { Button, Spinner } from '@patternfly/react-core'
import { get, path } from '../../api/client'
import type { BodyKept, BodiesKept } from '../../api/types'
import { readable } from '../../parts/difference'
import { save } from '../../parts/save'
import { Sentence } from '../../parts/Sentence'
import { bytes } from '../../parts/time'
import { usePolled } from '../../parts/usePolled'

/** What is kept of the body of a request and of its answer; asked for when somebody wants to see it. */
export function RequestBodies({ run, of }: { run: string; of: string }) {
  const [wanted, want] = useState(false)
  return wanted ? (
    <Kept run={run} of={of} />
  ) : (
    <Button variant="link" isInline onClick={() => want(true)}>
      Show bodies
    </Button>
  )
}

function Kept({ run, of }: { run: string; of: string }) {
  const bodies = usePolled(
    `bodies ${run} ${of}`,
    signal => get<BodiesKept>(path`runs/${run}/requests/${of}/bodies`, {}, signal),
    () => null,
  )
  return (
    <>
      <Sentence error={bodies.error} />
      {!bodies.data && !bodies.error && <Spinner size="md" aria-label="Bodies are loaded" />}
      {bodies.data && (
        <>
          <Side title="Body sent" name="sent" of={bodies.data.sent} />
          <Side title="Body received" name="received" of={bodies.data.received} />
        </>
      )}
    </>
  )
}

function Side({ title, name, of }: { title: string; name: string; of: BodyKept | null }) {
  return (
    <section aria-label={title}>
      <div className="pb-quiet">
        {title}
        {of && `, ${of.contentType || 'no type'}, ${bytes(of.size)}`}
      </div>
      {of ? (
        <>
          <pre className="pb-text pb-payload" tabIndex={0}>
            {of.text !== null ? readable(of.text, of.contentType) : of.base64}
          </pre>
          {of.cut && <p className="pb-quiet">This is not all of it: no more is kept.</p>}
          <Button variant="link" isInline onClick={() => save(contentOf(of), name)}>
            Save as a file
          </Button>
        </>
      ) : (
        <p className="pb-quiet">It was empty, or nothing of it is kept.</p>
      )}
    </section>
  )
}

function contentOf(body: BodyKept): BlobPart {
  return body.text ?? Uint8Array.from(atob(body.base64 ?? ''), character => character.charCodeAt(0))
}
