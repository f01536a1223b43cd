# ends: MEMORY
def handle(data):
    text = "x"
    while True:
        text += text
