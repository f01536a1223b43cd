import { useEffect, useState } from 'react'
import { content, path } from '../../api/client'

/**
 * The picture that a blueprint's maker drew. It is shown as an image, in which nothing runs and which asks for nothing. The page gets it
 * itself, because the API answers no other request, and puts it into the address of the image: the page's policy lets in no other kind.
 */
export function Picture({ of, title, catalogue }: { of: string; title: string; catalogue: string }) {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    const stop = new AbortController()
    content(path`blueprints/${of}/picture`, { catalogue }, stop.signal)
      .then(({ bytes }) => read(bytes))
      .then(
        read => stop.signal.aborted || setUrl(read),
        // The page goes without it.
        () => undefined,
      )
    return () => stop.abort()
  }, [of, catalogue])
  return url ? <img src={url} alt={`How ${title} works`} className="pb-picture" /> : null
}

function read(bytes: Blob): Promise<string> {
  return new Promise((done, failed) => {
    const reader = new FileReader()
    reader.onload = () => done(String(reader.result))
    reader.onerror = () => failed(reader.error)
    reader.readAsDataURL(bytes)
  })
}
