// Runs once in every guest, before any code of an author: takes the bridge to the host out of reach, and leaves two functions
// behind, one that reads a script and one that calls it. Whatever a script does to the built-in objects, it does to itself.
(() => {
  'use strict';
  const { java_invoke: invoke, JSON: { parse, stringify }, Error, TypeError, Uint8Array, TextEncoder, TextDecoder, String } = globalThis;
  const readsText = globalThis.eval;
  const define = Object.defineProperty;
  for (const name of ['java_invoke', 'host', 'quickjs4j_engine', 'plugin', 'Javy', 'console']) {
    delete globalThis[name];
  }
  const host = (name, ...texts) => parse(invoke('host', name, stringify(texts)));

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
  const failed = (kind, error) => {
    const object = typeof error === 'object' && error !== null;
    const message = object ? read(error, 'message') : text(error);
    host('failed', kind, object ? read(error, 'name') : '', message.slice(0, 2000), object ? read(error, 'stack').slice(0, 4000) : '');
  };

  const bytes = (value) => (value instanceof Uint8Array ? value : new TextEncoder().encode(text(value)));
  const DIGITS = '0123456789abcdef';
  const hex = (value) => {
    let out = '';
    for (const byte of bytes(value)) {
      out += DIGITS[byte >> 4] + DIGITS[byte & 15];
    }
    return out;
  };
  const fromHex = (value) => {
    const digits = text(value);
    if (!/^([0-9a-fA-F]{2})*$/.test(digits)) {
      throw new TypeError('fromHex: the text is not hexadecimal');
    }
    const out = new Uint8Array(digits.length / 2);
    for (let i = 0; i < out.length; i++) {
      out[i] = parseInt(digits.substr(2 * i, 2), 16);
    }
    return out;
  };
  const asked = (name, ...texts) => {
    const answer = host(name, ...texts);
    if (answer === '') {
      throw new TypeError(name + ': ' + (texts[0].length < 40 ? "'" + texts[0] + "' is not known" : 'the value is wrong'));
    }
    return answer.slice(1);
  };
  const tools = {
    hex,
    fromHex,
    base64: (value) => asked('base64', hex(value)),
    base64url: (value) => asked('base64url', hex(value)),
    fromBase64: (value) => fromHex(asked('fromBase64', text(value))),
    utf8: (value) => new TextDecoder().decode(bytes(value)),
    digest: (algorithm, value) => fromHex(asked('digest', text(algorithm), hex(value))),
    hmac: (algorithm, key, value) => fromHex(asked('hmac', text(algorithm), hex(key), hex(value))),
    uuid: () => asked('uuid'),
    log: (...values) => {
      host('log', values.map((value) => (typeof value === 'string' ? value : text(stringify(value)))).join(' ').slice(0, 1000));
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
        failed(error instanceof SyntaxError && /^\s*at <input>:\d+(:\d+)?\n\s*at eval/.test(read(error, 'stack')) ? 'SYNTAX' : 'THROWN', error);
        return;
      }
      if (typeof main !== 'function') {
        failed('NOT_A_FUNCTION', typeof main);
        return;
      }
      host('done', '');
    },
  });
  define(globalThis, '__call', {
    value: async () => {
      let value;
      try {
        value = await main(...parse(host('input')));
      } catch (error) {
        failed('THROWN', error);
        return;
      }
      let json;
      try {
        json = stringify(value);
      } catch (error) {
        failed('NOT_JSON', error);
        return;
      }
      if (json === undefined) {
        failed('NOT_JSON', typeof value);
        return;
      }
      host('done', json);
    },
  });
})();
