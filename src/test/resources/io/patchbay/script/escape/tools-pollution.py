# ends: {"payload":1}
def handle(data):
    patchbay.log = lambda *all: 1 / 0
    patchbay.polluted = True
    return {"payload": 1}
