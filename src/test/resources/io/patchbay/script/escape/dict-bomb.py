# ends: NOT_JSON
class Bomb(dict):
    def items(self):
        while True:
            pass

def handle(data):
    return {"payload": Bomb()}
