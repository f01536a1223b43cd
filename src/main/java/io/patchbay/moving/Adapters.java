package io.patchbay.moving;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Code of others, with what stands around it so that it finds what it was written for. */
final class Adapters {

    private static final Pattern OUTSIDE = Pattern.compile(
            "\\brequire\\s*\\(|\\bimport\\s*\\(|\\bfetch\\s*\\(|\\bprocess\\.|\\bBuffer\\b|\\bset(?:Timeout|Interval)\\s*\\(|\\$helpers|\\bthis\\.helpers|\\$getWorkflowStaticData|\\$node\\b|\\$items\\s*\\(|\\$\\(|\\bRED\\.|\\bcontext\\.(?:get|set)|\\bglobal\\.(?:get|set)|\\bnode\\.(?:send|done)");

    private Adapters() {}

    /** What code uses that no script here has. */
    static List<String> missing(String code) {
        Matcher matcher = OUTSIDE.matcher(code);
        List<String> found = new ArrayList<>();
        while (matcher.find()) {
            String word = matcher.group().replaceAll("\\s*\\($", "");
            if (!found.contains(word)) {
                found.add(word);
            }
        }
        return found;
    }

    static String header(String origin) {
        return "// Made by 'patchbay import' from " + origin.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]+", " ")
                + ". Look at it before it runs; docs/reference/scripts.md says what a script gets and returns.\n";
    }

    private static String indented(String code) {
        return code.strip().replace("\r\n", "\n");
    }

    /** A script of Patchworks in JavaScript: it exports one function, which is handed the payload as text. */
    static String patchworks(String origin, String code) {
        return header(origin) + """
            const module = { exports: {} };
            const exports = module.exports;

            """ + indented(exported(code)) + """


            // The export is found whatever it is called: a function, or the first function of an object.
            function exported() {
              const it = module.exports;
              if (typeof it === 'function') return it;
              for (const name of ['handle', 'handler', 'default', 'main', ...Object.keys(it)]) {
                if (typeof it[name] === 'function') return it[name];
              }
              throw new Error('the script exports no function');
            }

            async function handle(data) {
              const given = { payload: data.payload, variables: data.variables, meta: { ...data.meta }, flow: { variables: { ...data.flow.variables } } };
              if (data.response) {
                const body = data.response.body;
                given.response = { ...data.response, body: typeof body === 'string' ? body : JSON.stringify(body) };
                given.payload = data.payload === null || typeof data.payload === 'string' ? data.payload : JSON.stringify(data.payload);
              }
              const made = (await exported()(given)) || {};
              const answer = {};
              if ('payload' in made) answer.payload = data.response ? parsed(made.payload) : made.payload;
              if (made.meta) answer.meta = texts(made.meta);
              if (made.flow && made.flow.variables) answer.flow = { variables: made.flow.variables };
              if (made.logs) answer.logs = made.logs.map(String);
              if (data.response && made.response_code !== undefined) answer.code = Number(made.response_code);
              if (made.message) answer.message = String(made.message);
              return answer;
            }

            function texts(meta) {
              const all = {};
              for (const name of Object.keys(meta)) all[name] = meta[name] === null ? null : String(meta[name]);
              return all;
            }

            function parsed(text) {
              if (typeof text !== 'string') return text;
              try { return JSON.parse(text); } catch (e) { return text; }
            }
            """;
    }

    /** A transform of a map in the same contract: values in, a value out. */
    static String patchworksValue(String origin, String code) {
        return patchworks(origin, code).replace("async function handle(data) {", "async function handleAll(data) {")
                + """

                async function handle({ value, record, meta, flow }) {
                  const payload = typeof value === 'string' ? value : JSON.stringify(value);
                  const answer = await handleAll({ payload, value, variables: {}, meta, flow });
                  return 'payload' in answer ? answer.payload : value;
                }
                """;
    }

    /** Modules of the language's standard become what the wrapper knows. */
    private static String exported(String code) {
        return code.replaceAll("(?m)^\\s*export\\s+default\\s+", "module.exports = ")
                .replaceAll(
                        "(?m)^\\s*export\\s+((?:async\\s+)?function)\\s+([A-Za-z_$][\\w$]*)",
                        "module.exports.$2 = $2;\n$1 $2");
    }

    /** A code node of n8n. */
    static String n8n(String origin, String code, boolean eachItem) {
        String call = eachItem ? """
              const made = [];
              for (const item of items) {
                const one = await code(items, item);
                for (const out of Array.isArray(one) ? one : [one]) if (out !== null && out !== undefined) made.push(out);
              }
            """ : """
                  const made = await code(items, items[0]);
                """;
        return header(origin) + """
            async function handle(data) {
              const records = Array.isArray(data.payload) ? data.payload : data.payload === null ? [] : [data.payload];
              const items = records.map((json, index) => ({ json, pairedItem: { item: index } }));
            """ + call + """
              const all = (Array.isArray(made) ? made : made === undefined || made === null ? [] : [made])
                .map(item => (item && typeof item === 'object' && 'json' in item ? item.json : item));
              return { payload: all.length === 0 ? null : all };

              async function code(items, item) {
                const $input = { all: () => items, first: () => items[0], last: () => items[items.length - 1], item };
                const $json = item ? item.json : {};
                const $itemIndex = items.indexOf(item);
                const $execution = { id: data.run.id, mode: 'production' };
                const $workflow = { id: data.run.flow, name: data.run.flow };
                const $now = new Date(data.run.queuedAt);
                const $vars = data.flow.variables;
            // ---- the code as it was
            """ + indented(code) + """

            // ---- until here
              }
            }
            """;
    }

    /** A function node of Node-RED. */
    static String nodeRed(String origin, String code, int outputs) {
        String many = outputs > 1 ? """
              // Each way out has its own messages: the record says which, and the route behind takes it from there.
              const ways = Array.isArray(made) ? made : [made];
              const out = [];
              ways.forEach((way, index) => {
                for (const one of Array.isArray(way) ? way : [way]) if (one) out.push({ out: String(index + 1), msg: one });
              });
              if (out.length === 0) return { payload: null, logs };
              return { payload: out.map(one => ({ out: one.out, payload: one.msg.payload })), meta: meta(out[0].msg), logs };
            """ : """
                  const list = (Array.isArray(made) ? made.flat() : [made]).filter(one => one);
                  if (list.length === 0) return { payload: null, logs };
                  if (list.length > 1) return { payload: list.map(one => one.payload), meta: meta(list[0]), logs };
                  return { payload: list[0].payload === undefined ? null : list[0].payload, meta: meta(list[0]), logs };
                """;
        return header(origin) + """
            async function handle(data) {
              const logs = [];
              const msg = { payload: data.payload, _msgid: data.run.id, req: { query: {}, params: {}, headers: {} } };
              for (const name of Object.keys(data.meta)) {
                const [kind, ...rest] = name.split('.');
                const at = rest.join('.');
                if (kind === 'query' && at) msg.req.query[at] = data.meta[name];
                else if (kind === 'path' && at) msg.req.params[at] = data.meta[name];
                else if (kind === 'header' && at) msg.req.headers[at.toLowerCase()] = data.meta[name];
                else if (kind === 'caught' && at) {
                  let error = msg.error = msg.error || {};
                  rest.slice(0, -1).forEach(step => { error = error[step] = error[step] || {}; });
                  error[rest[rest.length - 1]] = data.meta[name];
                } else msg[name] = data.meta[name];
              }
              const log = text => { logs.push(typeof text === 'string' ? text : JSON.stringify(text)); };
              const node = { log, warn: log, error: text => { throw new Error(String(text)); }, status() {}, id: data.run.shape, name: data.run.shape };
              const changed = {};
              const flow = { get: name => (name in changed ? changed[name] : data.flow.variables[name]), set: (name, value) => { changed[name] = value; } };
              const env = { get: name => data.variables[name] };
              const made = await code(msg, node, flow, env);
              const answer = result();
              if (Object.keys(changed).length > 0) answer.flow = { variables: changed };
              return answer;

              function result() {
            """ + many + """
              }

              function meta(one) {
                const all = {};
                for (const name of Object.keys(one)) {
                  if (['payload', '_msgid', 'req', 'res', 'error'].includes(name) || one[name] === undefined) continue;
                  all[name] = one[name] === null ? null : typeof one[name] === 'string' ? one[name] : JSON.stringify(one[name]);
                }
                return all;
              }

              async function code(msg, node, flow, env) {
            // ---- the code as it was
            """ + indented(code) + """

            // ---- until here
              }
            }
            """;
    }
}
