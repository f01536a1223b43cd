# ends: TIMEOUT
class Forever:
    def __iter__(self):
        return self

    def __next__(self):
        return 0

def handle(data):
    return sum(Forever())
