# ends: SYNTAX
@micropython.asm_thumb
def handle(data):
    nop()
