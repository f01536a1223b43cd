# ends: TIMEOUT
def handle(data):
    while True:
        pass
