// Asked at each answer, also to a request that was repeated.
function response({ response }) {
  if (response.body.error === 'busy') {
    return { code: 2, message: 'the shop is busy' };
  }
  if (response.body.error) {
    return { code: 1, message: response.body.error };
  }
  return { payload: Object.entries(response.body.orders).map(([id, order]) => ({ id, ...order })) };
}
