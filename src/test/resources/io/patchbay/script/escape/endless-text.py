# ends: TIMEOUT
class A:
    def __str__(self):
        while True:
            pass

def handle(data):
    return str(A())
