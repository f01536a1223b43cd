# ends: STACK
import json
def handle(data):
    all = []
    for i in range(100000):
        all = [all]
    return json.dumps(all)
