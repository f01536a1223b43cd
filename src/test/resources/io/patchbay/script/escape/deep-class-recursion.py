# ends: STACK
class A:
    def __init__(self):
        self.next = A()

def handle(data):
    return A()
