// What signText says, put together, hashed with the key, and sent with what else was in it.
function sign(request, settings) {
  if (settings.signText.includes('{body}') && request.body === null) {
    throw new Error('a body of more than 256 KB can be signed by its hash only: {bodyHash}');
  }
  const parts = {
    method: request.method,
    path: request.path,
    query: request.queryString ?? '',
    timestamp: String(Math.floor(request.now / 1000)),
    nonce: patchbay.uuid(),
    body: request.body ?? '',
    bodyHash: request.bodyHash.sha256,
  };
  const text = settings.signText.replace(/\{(\w+)\}/g, (whole, name) => parts[name] ?? whole);
  const hash = patchbay.hmac(settings.signDigest, settings.signKey, text);
  const headers = { [settings.signHeader]: patchbay[settings.signEncoding](hash), [settings.timestampHeader]: parts.timestamp };
  if (settings.nonceHeader !== '') headers[settings.nonceHeader] = parts.nonce;
  return { headers };
}
