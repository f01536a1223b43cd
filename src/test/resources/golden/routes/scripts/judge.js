// Takes the orders out of an envelope, counts the answers, and tries again where the session is over.
function page({ response, request, flow, run }) {
  if (response.body.error === 'session over') {
    return { code: 2, message: 'the session is over' };
  }
  return {
    payload: response.body.inner.orders,
    flow: { variables: { asked: flow.variables.asked + 1 } },
    meta: { shop: response.headers['x-shop'] || 'none' },
    logs: [request.method + ' answered ' + response.status + ' to ' + run.shape],
  };
}
