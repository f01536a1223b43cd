# ends: NOT_JSON
def handle(data):
    return {"payload": handle}
