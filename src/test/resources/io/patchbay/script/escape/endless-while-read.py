# ends: TIMEOUT
while True:
    pass

def handle(data):
    pass
