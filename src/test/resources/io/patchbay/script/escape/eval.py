# ends: {"payload":2}
def handle(data):
    return {"payload": eval("1 + 1")}
