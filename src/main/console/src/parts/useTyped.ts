import { useEffect, useRef, useState } from 'react'

/** What of the typed texts is still on its way when one of them comes back; undefined for a text that nobody typed here. */
export function stillComing(waiting: readonly string[], text: string): string[] | undefined {
  const echo = waiting.indexOf(text)
  return echo < 0 ? undefined : waiting.slice(echo + 1)
}

/**
 * What an input shows whose text goes somewhere else and comes back from there, like into the address of the page. People type on meanwhile:
 * an echo must not take back what came after it. What nobody typed here, like a step back, is taken.
 */
export function useTyped(text: string, set: (text: string) => void): [string, (text: string) => void] {
  const [typed, setTyped] = useState(text)
  const waiting = useRef<string[]>([])
  useEffect(() => {
    const rest = stillComing(waiting.current, text)
    waiting.current = rest ?? []
    if (rest === undefined) {
      setTyped(text)
    }
  }, [text])
  const type = (now: string) => {
    waiting.current.push(now)
    setTyped(now)
    set(now)
  }
  return [typed, type]
}
