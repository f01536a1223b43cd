# ends: {"payload":"logged"}
def handle(data):
    line = "x" * 100000
    for i in range(500):
        print(line)
        patchbay.log(line)
        print(line, end="")
    return {"payload": "logged"}
