# ends: TIMEOUT
class A(Exception):
    def __str__(self):
        while True:
            pass

def handle(data):
    raise A()
