// ends: THROWN
function handle(data) {
  return data.payload.constructor.constructor('return process.mainModule.require("child_process")')();
}
