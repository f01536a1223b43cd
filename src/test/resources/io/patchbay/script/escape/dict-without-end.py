# ends: MEMORY
def handle(data):
    all = {}
    i = 0
    while True:
        all[i] = "x" * 10000 + str(i)
        i += 1
