# ends: {"payload":"logged"}
class Bomb:
    def __str__(self):
        raise ValueError("x" * 100000)

def handle(data):
    patchbay.log(Bomb(), Bomb)
    return {"payload": "logged"}
