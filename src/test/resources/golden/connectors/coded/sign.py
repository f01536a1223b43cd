def sign(request, settings):
    pairs = sorted(name + value for name, value in request["query"])
    text = request["path"] + "".join(pairs)
    return {"query": {"sign": patchbay.hex(patchbay.hmac("sha256", settings["appSecret"], text))}}
