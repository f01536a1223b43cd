# ends: STACK
def handle(data):
    all = []
    for i in range(100000):
        all = [all]
    return {"payload": all}
