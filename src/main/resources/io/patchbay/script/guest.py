# Runs once in every guest, before any code of an author: takes the host out of reach, and leaves two functions behind, one that
# reads a script and one that calls it. Whatever a script does to what is built in, it does to itself.
def _begin(host):
    from json import loads
    from binascii import hexlify, unhexlify
    from random import seed

    ask, apply, places, to_json = host.ask, host.apply, host.places, host.text
    main = None
    name_of_file = ""

    def text(value):
        try:
            return value if type(value) is str else str(value)
        except BaseException:
            return "(a value without a text)"

    def tell(kind, error):
        lines = places(error)
        line = 0
        for i in range(0, len(lines), 2):
            if lines[i] == name_of_file:
                line = lines[i + 1]
                break
        return kind, type(error).__name__, text(error)[:2000], "<input>:%d" % line if line else ""

    def failed(kind, error):
        ask("failed", *tell(kind, error))

    def data(value):
        return value.encode() if isinstance(value, str) else bytes(value)

    def asked(name, *texts):
        answer = ask(name, *texts)
        if not answer:
            first = texts[0]
            raise ValueError(name + ": " + ("'%s' is not known" % first if len(first) < 40 else "the value is wrong"))
        return answer[1:]

    def digits(value):
        return hexlify(data(value)).decode()

    class Tools:
        @staticmethod
        def digest(algorithm, value):
            return unhexlify(asked("digest", text(algorithm), digits(value)))

        @staticmethod
        def hmac(algorithm, key, value):
            return unhexlify(asked("hmac", text(algorithm), digits(key), digits(value)))

        @staticmethod
        def hex(value):
            return digits(value)

        @staticmethod
        def fromHex(value):
            return unhexlify(value)

        @staticmethod
        def base64(value):
            return asked("base64", digits(value))

        @staticmethod
        def base64url(value):
            return asked("base64url", digits(value))

        @staticmethod
        def fromBase64(value):
            return unhexlify(asked("fromBase64", text(value)))

        @staticmethod
        def uuid():
            return asked("uuid")

        @staticmethod
        def log(*values):
            ask("log", " ".join([text(value)[:1000] for value in values])[:1000])

    def read():
        nonlocal main, name_of_file
        name_of_file = ask("file")
        try:
            code = compile(ask("source"), name_of_file, "exec")
        except BaseException as error:
            failed("SYNTAX" if isinstance(error, (SyntaxError, UnicodeError)) else "THROWN", error)
            return
        names = {"__name__": "script", "patchbay": Tools}
        try:
            exec(code, names)
        except BaseException as error:
            failed("THROWN", error)
            return
        main = names.get(ask("name"))
        if not callable(main):
            ask("failed", "NOT_A_FUNCTION", "", "undefined" if main is None else "", "")
            return
        ask("done", "")

    # A function that fails, or returns what JSON cannot say, tells so in its own way.
    def called(given, failing):
        try:
            value = apply(main, given)
        except BaseException as error:
            failing("THROWN", error)
            return None
        try:
            return to_json(value)
        except BaseException as error:
            failing("NOT_JSON", error)
            return None

    # What a record returns of these is what the next one sees.
    def keep(kept, given, none_takes_away):
        if type(given) is not dict:
            return
        for name, value in given.items():
            if none_takes_away and value is None:
                kept.pop(name, None)
            else:
                kept[name] = value

    def each(given):
        shared, records = given
        meta, variables = shared["meta"], shared["flow"]["variables"]
        told = to_json(shared)
        out = []

        def failing(kind, error):
            out.append('{"failed":%s}' % to_json(list(tell(kind, error))))

        for record in records:
            one = loads(told)
            one["payload"] = record
            json = called([one], failing)
            if json is None:
                continue
            out.append('{"value":%s}' % json)
            if '"meta":' in json or '"flow":' in json:
                value = loads(json)
                if type(value) is dict:
                    keep(meta, value.get("meta"), True)
                    flow = value.get("flow")
                    keep(variables, flow.get("variables") if type(flow) is dict else None, False)
                    told = to_json(shared)
        return "[" + ",".join(out) + "]"

    def call():
        mode = ask("mode")
        # A guest is a copy of one that was prepared before: its own random numbers would come again in each copy.
        seed(int(float(asked("random")) * 1073741824))
        given = loads(ask("input"))
        json = each(given) if mode == "EACH" else called(given, failed)
        if json is not None:
            ask("done", json)

    host.serve(read, call)


_begin(_host)
del _begin, _host
