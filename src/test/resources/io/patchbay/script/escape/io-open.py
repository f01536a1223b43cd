# ends: THROWN
import io
def handle(data):
    return {"payload": io.open("/etc/passwd").read()}
