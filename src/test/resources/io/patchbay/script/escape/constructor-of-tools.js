// ends: {"payload":["undefined","undefined","undefined"]}
function handle() {
  const outside = patchbay.log.constructor('return this')();
  return { payload: ['java_invoke', 'host', 'quickjs4j_engine'].map((name) => typeof outside[name]) };
}
