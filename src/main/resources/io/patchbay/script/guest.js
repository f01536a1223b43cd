// Runs once in every guest, before any code of an author: takes the bridge to the host out of reach, and leaves two functions
// behind, one that reads a script and one that calls it. Whatever a script does to the built-in objects, it does to itself:
// what is used here was taken before, and nothing here asks a prototype or an iterator when a script has run.
(() => {
  'use strict';
  const { java_invoke: invoke, JSON: { parse, stringify }, SyntaxError, TypeError, Uint8Array, TextEncoder, TextDecoder, String, Number, parseInt } = globalThis;
  const readsText = globalThis.eval;
  const define = Object.defineProperty;
  const apply = Reflect.apply;
  const names = Object.keys;
  const isList = Array.isArray;
  const free = (method) => Function.prototype.call.bind(method);
  const slice = free(String.prototype.slice);
  const indexOf = free(String.prototype.indexOf);
  const exec = free(RegExp.prototype.exec);
  const encode = free(TextEncoder.prototype.encode);
  const decode = free(TextDecoder.prototype.decode);
  for (const name of ['java_invoke', 'host', 'quickjs4j_engine', 'plugin', 'Javy', 'console']) {
    delete globalThis[name];
  }
  // Texts are written one by one: a list would be asked for its toJSON.
  const give = (name, texts) => {
    let list = '';
    for (let i = 0; i < texts.length; i++) {
      list += (i === 0 ? '' : ',') + stringify(texts[i]);
    }
    return parse(invoke('host', name, '[' + list + ']'));
  };
  const host = (name, ...texts) => give(name, texts);

  const text = (value) => {
    try {
      return typeof value === 'string' ? value : String(value);
    } catch {
      return '(a value without a text)';
    }
  };
  // Nothing that was thrown is trusted to be an Error, or to answer when it is asked.
  const read = (object, name) => {
    try {
      const value = object[name];
      return typeof value === 'string' ? value : '';
    } catch {
      return '';
    }
  };
  const tell = (kind, error) => {
    const object = typeof error === 'object' && error !== null;
    const message = object ? read(error, 'message') : text(error);
    const name = object ? slice(read(error, 'name'), 0, 100) : '';
    return [kind, name, slice(message, 0, 2000), object ? slice(read(error, 'stack'), 0, 4000) : ''];
  };
  const failed = (kind, error) => {
    const told = tell(kind, error);
    host('failed', told[0], told[1], told[2], told[3]);
  };

  const bytes = (value) => (value instanceof Uint8Array ? value : encode(new TextEncoder(), text(value)));
  const DIGITS = '0123456789abcdef';
  const hex = (value) => {
    let out = '';
    const all = bytes(value);
    for (let i = 0; i < all.length; i++) {
      const byte = all[i];
      out += DIGITS[byte >> 4] + DIGITS[byte & 15];
    }
    return out;
  };
  const fromHex = (value) => {
    const digits = text(value);
    if (exec(/^([0-9a-fA-F]{2})*$/, digits) === null) {
      throw new TypeError('fromHex: the text is not hexadecimal');
    }
    const out = new Uint8Array(digits.length / 2);
    for (let i = 0; i < out.length; i++) {
      out[i] = parseInt(digits[2 * i] + digits[2 * i + 1], 16);
    }
    return out;
  };
  const asked = (name, ...texts) => {
    const answer = give(name, texts);
    if (answer === '') {
      throw new TypeError(name + ': ' + (texts[0].length < 40 ? "'" + texts[0] + "' is not known" : 'the value is wrong'));
    }
    return slice(answer, 1);
  };
  const tools = {
    hex,
    fromHex,
    base64: (value) => asked('base64', hex(value)),
    base64url: (value) => asked('base64url', hex(value)),
    fromBase64: (value) => fromHex(asked('fromBase64', text(value))),
    utf8: (value) => decode(new TextDecoder(), bytes(value)),
    digest: (algorithm, value) => fromHex(asked('digest', text(algorithm), hex(value))),
    hmac: (algorithm, key, value) => fromHex(asked('hmac', text(algorithm), hex(key), hex(value))),
    uuid: () => asked('uuid'),
    log: (...values) => {
      let line = '';
      for (let i = 0; i < values.length && line.length < 1000; i++) {
        line += (i === 0 ? '' : ' ') + slice(typeof values[i] === 'string' ? values[i] : text(stringify(values[i])), 0, 1000);
      }
      host('log', slice(line, 0, 1000));
    },
  };
  define(globalThis, 'patchbay', { value: Object.freeze(tools) });
  define(globalThis, 'console', {
    value: Object.freeze({ log: tools.log, debug: tools.log, info: tools.log, warn: tools.log, error: tools.log }),
  });
  // A guest is a copy of one that was prepared before: its own random numbers would come again in each copy.
  Math.random = () => Number(asked('random'));

  let main;
  define(globalThis, '__read', {
    value: () => {
      const name = host('name');
      try {
        main = readsText(host('source') + '\n;typeof ' + name + " === 'undefined' ? undefined : " + name);
      } catch (error) {
        // A syntax error of the text itself has no frame of the script's own above it.
        failed(error instanceof SyntaxError && exec(/^\s*at <input>:\d+(:\d+)?\n\s*at eval/, read(error, 'stack')) !== null ? 'SYNTAX' : 'THROWN', error);
        return;
      }
      if (typeof main !== 'function') {
        failed('NOT_A_FUNCTION', typeof main);
        return;
      }
      host('done', '');
    },
  });
  // A function that throws, or returns what JSON cannot say, tells so in its own way.
  const called = async (data, mode, failing) => {
    let value;
    try {
      value = await apply(main, undefined, data);
    } catch (error) {
      failing('THROWN', error);
      return undefined;
    }
    let json;
    let member;
    try {
      json = stringify(value);
      // JSON leaves out members that are functions: what is meant as content would be taken for nothing.
      const all =
        typeof value === 'object' && value !== null && !isList(value) && typeof value.toJSON !== 'function' ? names(value) : [];
      for (let i = 0; i < all.length; i++) {
        if (typeof value[all[i]] === 'function') {
          member = all[i];
        }
      }
    } catch (error) {
      failing('NOT_JSON', error);
      return undefined;
    }
    if (member !== undefined) {
      failing('NOT_JSON', "'" + member + "' is a function");
      return undefined;
    }
    if (json !== undefined) {
      return json;
    }
    if (mode !== 'ONCE' && value === undefined) {
      return 'null';
    }
    failing('NOT_JSON', typeof value);
    return undefined;
  };
  // What a record returns of these is what the next one sees.
  const keep = (kept, given, nullTakesAway) => {
    if (typeof given !== 'object' || given === null) {
      return;
    }
    const all = names(given);
    for (let i = 0; i < all.length; i++) {
      const name = all[i];
      if (nullTakesAway && given[name] === null) {
        delete kept[name];
      } else {
        kept[name] = given[name];
      }
    }
  };
  const each = async (given) => {
    const shared = given[0];
    const records = given[1];
    const kept = { meta: shared.meta, variables: shared.flow.variables };
    // The same text is read for each record until one changes something: what one does to its own copy no other sees.
    let told = stringify({ ...shared, meta: kept.meta, flow: { variables: kept.variables } });
    let out = '';
    for (let i = 0; i < records.length; i++) {
      const data = parse(told);
      data.payload = records[i];
      const json = await called([data], 'EACH', (kind, error) => {
        const parts = tell(kind, error);
        let list = '';
        for (let t = 0; t < 4; t++) {
          list += (t === 0 ? '' : ',') + stringify(parts[t]);
        }
        out += (out === '' ? '' : ',') + '{"failed":[' + list + ']}';
      });
      if (json !== undefined) {
        out += (out === '' ? '' : ',') + '{"value":' + json + '}';
        const value = indexOf(json, '"meta":') >= 0 || indexOf(json, '"flow":') >= 0 ? parse(json) : null;
        if (typeof value === 'object' && value !== null) {
          keep(kept.meta, value.meta, true);
          keep(kept.variables, value.flow === null || typeof value.flow !== 'object' ? null : value.flow.variables, false);
          told = stringify({ ...shared, meta: kept.meta, flow: { variables: kept.variables } });
        }
      }
    }
    return '[' + out + ']';
  };
  define(globalThis, '__call', {
    value: async () => {
      const mode = host('mode');
      const given = parse(host('input'));
      const json = mode === 'EACH' ? await each(given) : await called(given, mode, failed);
      if (json !== undefined) {
        host('done', json);
      }
    },
  });
})();
