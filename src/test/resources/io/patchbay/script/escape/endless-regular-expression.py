# ends: TIMEOUT
import re
def handle(data):
    return re.match("(a|a)*(a|a)*(a|a)*(a|a)*(a|a)*b", "a" * 60)
