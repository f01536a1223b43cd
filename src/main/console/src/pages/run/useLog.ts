import { useEffect, useState } from 'react'
import { get, listen, path, type Page } from '../../api/client'
import type { LogLine, Run } from '../../api/types'
import { usePolled } from '../../parts/usePolled'

const ASKED_AGAIN = 5000

interface Log {
  data: LogLine[] | undefined
  error: Error | undefined
}

/**
 * The log of a run: of one that goes on line by line as it is written, of one that has ended as a whole. Where it cannot be
 * listened to, it is asked for again and again. Nothing is listened to when the page is left.
 */
export function useLog(run: Pick<Run, 'id' | 'endedAt'>): Log {
  const { id } = run
  const [live, setLive] = useState<{ run: string; lines: LogLine[]; state: 'listens' | 'ended' | 'deaf' }>()
  const heard = live?.run === id ? live : undefined
  // One that had ended when it was first seen has nothing to listen to.
  const listens = heard !== undefined ? heard.state === 'listens' : run.endedAt === null

  useEffect(() => {
    if (!listens) {
      return
    }
    const left = new AbortController()
    const lines: LogLine[] = []
    let last: string | undefined
    let ended = false
    const show = (state: 'listens' | 'ended' | 'deaf') => {
      if (!left.signal.aborted) {
        setLive({ run: id, lines: [...lines], state })
      }
    }
    const all = async () => {
      // A stream ends after some minutes; who still listens comes back to where they were.
      for (let before: string | undefined | null = null; !ended && before !== last; ) {
        before = last
        await listen(path`runs/${id}` + '/logs/stream', last, event => {
          last = event.id ?? last
          if (event.name === 'line') {
            lines.push(JSON.parse(event.data) as LogLine)
          }
          ended ||= event.name === 'end'
          later()
        }, left.signal)
      }
    }
    let due: ReturnType<typeof setTimeout> | undefined
    // Many lines that come at once are drawn once.
    const later = () => (due ??= setTimeout(() => ((due = undefined), show(ended ? 'ended' : 'listens')), 100))
    show('listens')
    all().then(
      () => show(ended ? 'ended' : 'deaf'),
      () => show('deaf'),
    )
    return () => {
      left.abort()
      clearTimeout(due)
    }
    // The state that is heard of must not begin it anew.
  }, [id, listens])

  const whole = heard?.state === 'ended'
  const asked = usePolled(
    `log ${id} ${run.endedAt ?? ''}`,
    listens || whole ? undefined : async signal => (await get<Page<LogLine>>(`${path`runs/${id}`}/logs`, {}, signal)).data,
    () => (run.endedAt ? null : ASKED_AGAIN),
  )
  const lines = listens || whole ? heard?.lines : (asked.data ?? heard?.lines)
  return { data: lines, error: asked.error }
}
