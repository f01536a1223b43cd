import { describe, expect, test } from 'vitest'
import { Events } from './events'

describe('a stream of events', () => {
  test('is taken apart wherever its pieces end', () => {
    const text = 'id:1\nevent:line\ndata:{"text":"a"}\n\n:goes on\n\nid: 2\nevent: line\ndata: {"te\n'
    const all = new Events()

    const whole = [...text].flatMap(letter => all.take(letter))

    expect(whole).toEqual([{ name: 'line', data: '{"text":"a"}', id: '1' }])
    expect(all.take('data: xt":1}\n\n')).toEqual([{ name: 'line', data: '{"te\nxt":1}', id: '2' }])
  })

  test('may come with many at once, and with the ends of lines of others', () => {
    expect(new Events().take('event:line\r\ndata:1\r\n\r\nevent:end\r\ndata:2\r\n\r\n').map(one => one.name + one.data)).toEqual(['line1', 'end2'])
  })

  test('tells nothing while it only says that it goes on', () => {
    expect(new Events().take(':goes on\n\n:goes on\n\n')).toEqual([])
  })
})
