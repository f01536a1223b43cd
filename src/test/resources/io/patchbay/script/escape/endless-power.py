# ends: TIMEOUT
def handle(data):
    return 3 ** 3 ** 15 % 7
