# ends: THROWN
import io
def handle(data):
    return io.FileIO("/etc/passwd")
