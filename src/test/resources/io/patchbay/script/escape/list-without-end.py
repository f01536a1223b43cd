# ends: MEMORY
def handle(data):
    all = []
    while True:
        all.append([0] * 1000)
