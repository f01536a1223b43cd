# ends: TIMEOUT
def handle(data):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
