# ends: THROWN
class A(Exception):
    def __str__(self):
        raise self

def handle(data):
    raise A()
