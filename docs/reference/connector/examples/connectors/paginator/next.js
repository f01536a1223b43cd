// Pages are counted backwards here: the first answer says how many there are.
function next(answer, page) {
  const left = (page.state ?? answer.body.pages) - 1;
  return left > 0 ? { query: { page: left }, state: left } : null;
}
