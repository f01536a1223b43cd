# ends: THROWN
def handle(data):
    return patchbay.log.__globals__["_host"].ask("done", "1")
