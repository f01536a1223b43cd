import { useCallback, useEffect, useRef, useState } from 'react'

export interface Polled<T> {
  data: T | undefined
  error: Error | undefined
  /** Asks at once, for what somebody just changed. */
  again: () => void
}

/**
 * Asks now and then again as long as the page is seen. What was asked is given up when the page is left or asks for something else;
 * what was answered before stays while an answer fails.
 *
 * @param key what is asked for: another one begins anew
 * @param ask gets it; undefined asks for nothing
 * @param every milliseconds between an answer and the next question; null asks once, as long as the answer is this
 */
export function usePolled<T>(
  key: string,
  ask: ((signal: AbortSignal) => Promise<T>) | undefined,
  every: (answer: T | undefined) => number | null = () => 5000,
): Polled<T> {
  const [state, setState] = useState<{ key: string; data?: T; error?: Error }>({ key })
  const [round, setRound] = useState(0)
  const latest = useRef({ ask, every })
  latest.current = { ask, every }

  useEffect(() => {
    const stop = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    let answer: T | undefined
    let asking = false

    const next = async () => {
      clearTimeout(timer)
      if (asking || stop.signal.aborted || !latest.current.ask || document.visibilityState === 'hidden') {
        return
      }
      asking = true
      let pause: number | null
      try {
        const data = await latest.current.ask(stop.signal)
        if (stop.signal.aborted) {
          return
        }
        answer = data
        setState({ key, data })
        pause = latest.current.every(data)
      } catch (error) {
        if (stop.signal.aborted) {
          return
        }
        setState(before => ({ ...(before.key === key ? before : { key }), error: error as Error }))
        // What is not there or not allowed stays so; an outage ends.
        const status = (error as { status?: number }).status ?? 0
        pause = status >= 400 && status < 500 && status !== 429 ? null : (latest.current.every(answer) ?? 5000)
      } finally {
        asking = false
      }
      if (pause !== null) {
        timer = setTimeout(next, pause)
      }
    }
    const seen = () => void next()
    document.addEventListener('visibilitychange', seen)
    void next()
    return () => {
      stop.abort()
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', seen)
    }
  }, [key, round])

  const again = useCallback(() => setRound(before => before + 1), [])
  const current = state.key === key
  return { data: current ? state.data : undefined, error: current ? state.error : undefined, again }
}
