# ends: THROWN
def handle(data):
    return __import__("/proc/self/environ")
