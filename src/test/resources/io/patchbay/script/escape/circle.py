# ends: STACK
def handle(data):
    all = []
    all.append(all)
    return {"payload": all}
