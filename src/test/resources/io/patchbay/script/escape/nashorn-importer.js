// ends: THROWN
function handle() {
  return new JavaImporter(java.io);
}
