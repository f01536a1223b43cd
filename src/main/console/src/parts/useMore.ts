import { useState } from 'react'
import { get, type Page, type Query } from '../api/client'
import { joined } from './joined'
import { usePolled } from './usePolled'

interface More<T> {
  rows: T[] | undefined
  error: Error | undefined
  /** Begins anew, for what somebody just changed. */
  again: () => void
  /** Gets what follows; undefined at the end of the list. */
  more: (() => void) | undefined
  busy: boolean
}

interface Kept<T> {
  list: string
  rows: T[]
  /** What follows them; undefined while only the first part is there. */
  next?: string | null
  error?: Error
  busy?: boolean
}

/** A list of the API that grows by a part each time somebody wants more. Its first part is asked for again and again. */
export function useMore<T>(path: string, query: Query, id: (row: T) => string, limit = 100): More<T> {
  const list = JSON.stringify([path, query])
  const [kept, setKept] = useState<Kept<T>>({ list, rows: [] })
  const mine: Kept<T> = kept.list === list ? kept : { list, rows: [] }
  const first = usePolled<Page<T>>(list, signal => get(path, { ...query, limit }, signal))
  const next = mine.next === undefined ? first.data?.next : mine.next
  const rows = first.data && joined(mine.rows, first.data.data, id)
  const follow = async (after: string) => {
    // What is seen now stays, also where newer rows push it off the first part.
    const seen: Kept<T> = { list, rows: rows ?? [], next: after }
    setKept({ ...seen, busy: true })
    try {
      const page = await get<Page<T>>(path, { ...query, limit, after })
      setKept(now => (now.list === list ? { list, rows: joined(seen.rows, page.data, id), next: page.next } : now))
    } catch (error) {
      setKept(now => (now.list === list ? { ...seen, error: error as Error } : now))
    }
  }
  return {
    rows,
    error: first.error ?? mine.error,
    again: () => {
      setKept({ list, rows: [] })
      first.again()
    },
    more: next ? () => void follow(next) : undefined,
    busy: mine.busy ?? false,
  }
}
