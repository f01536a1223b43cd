// ends: MEMORY
function handle() {
  return [...(function* () { for (;;) yield 1; })()];
}
