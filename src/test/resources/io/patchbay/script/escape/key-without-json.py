# ends: NOT_JSON
def handle(data):
    return {"payload": {(1, 2): 3}}
