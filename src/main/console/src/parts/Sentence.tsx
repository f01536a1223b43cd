import { Alert } from '@patternfly/react-core'
import { Refused } from '../api/client'

/** The login form, which leads back to where somebody is. */
function again({ pathname, search, hash }: Location): string {
  return `../login?to=${encodeURIComponent(pathname + search + hash)}`
}

/** What went wrong, as a sentence for people. */
export function Sentence({ error }: { error: Error | undefined }) {
  if (!error) {
    return null
  }
  const refused = error instanceof Refused ? error : undefined
  return (
    <Alert variant={refused?.passing ? 'warning' : 'danger'} isInline title={error.message} className="pb-sentence">
      {refused?.status === 401 && <a href={again(window.location)}>Log in</a>}
      {refused?.problems.map((problem, place) => (
        <div key={place}>{problem}</div>
      ))}
      {refused?.id && <div className="pb-quiet">Quote {refused.id} when you ask about it: it stands in the log, too.</div>}
    </Alert>
  )
}
