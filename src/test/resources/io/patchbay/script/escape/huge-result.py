# ends: TOO_LARGE
def handle(data):
    return {"payload": "x" * 100000}
