// ends: THROWN
function handle() {
  return Deno.run({ cmd: ['id'] });
}
