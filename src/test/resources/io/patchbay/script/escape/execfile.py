# ends: THROWN
def handle(data):
    execfile("/etc/passwd")
