# ends: {"payload":1}
import builtins

def handle(data):
    builtins.len = builtins.isinstance = builtins.str = lambda *all: "polluted"
    builtins.polluted = True
    return {"payload": 1}
