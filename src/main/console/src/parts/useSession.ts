import { useEffect, useState } from 'react'
import { refusal, session, type Session } from '../api/session'

/** Who is logged in; undefined until it is known. */
export function useSession(): Session | undefined {
  const [known, setKnown] = useState<Session>()
  useEffect(() => {
    let left = false
    session().then(
      it => left || setKnown(it),
      // The page's own question fails alike, and says so.
      () => undefined,
    )
    return () => {
      left = true
    }
  }, [])
  return known
}

/**
 * Why who is logged in may not do an operation; undefined when they may.
 *
 * @param operation its id in the OpenAPI document, like startFlows
 */
export function useRefusal(operation: string | undefined): string | undefined {
  return refusal(useSession(), operation)
}
