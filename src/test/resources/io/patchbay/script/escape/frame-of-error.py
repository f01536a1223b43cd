# ends: THROWN
def handle(data):
    try:
        patchbay.digest("no", "x")
    except ValueError as error:
        return error.__traceback__.tb_frame.f_globals
