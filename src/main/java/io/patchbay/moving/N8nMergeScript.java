package io.patchbay.moving;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The script that joins what came into the inputs of a merge of n8n. */
final class N8nMergeScript {

    private static final String HANDLE = """

            function handle({ payload }) {
              const inputs = Array.from({ length: SETTINGS.inputs }, () => []);
              for (const record of payload || []) inputs[record.input - 1].push(record.json);
              const made = joined(inputs);
              return { payload: made.length === 0 ? null : made };
            }
            """;

    private static final String MERGED = """

            // The later ones go over the earlier ones.
            function merged(...records) {
              return records.reduce((under, over) => put(under, over), {});
            }

            function put(under, over) {
              const made = { ...under };
              for (const [name, value] of Object.entries(over)) {
                const had = made[name];
                if (SETTINGS.keepFilled && (value === null || value === '') && had !== undefined) continue;
                made[name] = SETTINGS.deep && inner(had) && inner(value) && Array.isArray(had) === Array.isArray(value)
                  ? Array.isArray(had) ? Object.values(put(had, value)) : put(had, value)
                  : value;
              }
              return made;
            }

            function inner(value) {
              return value !== null && typeof value === 'object';
            }

            function suffixed(record, number) {
              return Object.fromEntries(Object.entries(record).map(([name, value]) => [`${name}_${number}`, value]));
            }
            """;

    private static final String VALUE = """

            function valueAt(record, path) {
              if (SETTINGS.dots === false || path in record) return record[path];
              return path.split('.').reduce((at, step) => (at === undefined || at === null ? undefined : at[step]), record);
            }
            """;

    private static final String FIELDS = """

            function joined([one, two]) {
              const { join, output } = SETTINGS;
              if (one.length === 0 || two.length === 0) {
                const nothing = join === 'keepMatches'
                  || (join === 'enrichInput1' && one.length === 0) || (join === 'enrichInput2' && two.length === 0)
                  || (join === 'keepNonMatches' && output === 'input1' && one.length === 0)
                  || (join === 'keepNonMatches' && output === 'input2' && two.length === 0);
                return nothing ? [] : [...one, ...two];
              }
              const pairs = [];
              const found = new Set();
              const alone = [];
              const matched = [];
              for (const record of one) {
                const keys = SETTINGS.fields.map(([first]) => valueAt(record, first));
                let matches = keys.includes(undefined)
                  ? []
                  : two.filter(other => SETTINGS.fields.every(([, second], i) => same(keys[i], valueAt(other, second))));
                if (SETTINGS.matches === 'first') matches = matches.slice(0, 1);
                matches.forEach(other => { found.add(other); pairs.push([record, other]); });
                (matches.length === 0 ? alone : matched).push(record);
              }
              const rest = two.filter(other => !found.has(other));
              const suffix = SETTINGS.prefer === 'addSuffix' && join !== 'keepNonMatches';
              const left = suffix ? alone.map(record => suffixed(record, 1)) : alone;
              const right = suffix ? rest.map(record => suffixed(record, 2)) : rest;
              const both = () => pairs.map(([first, second]) => (suffix
                ? merged(suffixed(first, 1), suffixed(second, 2))
                : preferred() === 1 ? merged(second, first) : merged(first, second)));
              const kept = () => (output === 'input1' ? matched : output === 'input2' ? two.filter(other => found.has(other)) : both());
              switch (join) {
                case 'keepEverything': return [...kept(), ...left, ...right];
                case 'enrichInput1': return [...both(), ...left];
                case 'enrichInput2': return [...both(), ...right];
                case 'keepNonMatches':
                  return output === 'input1' ? alone : output === 'input2' ? rest
                    : [...alone.map(record => ({ ...record, _source: 'input1' })), ...rest.map(record => ({ ...record, _source: 'input2' }))];
                default: return kept();
              }
            }

            function preferred() {
              if (SETTINGS.prefer === '') return SETTINGS.join === 'enrichInput2' ? 1 : 2;
              return SETTINGS.prefer === 'preferInput1' ? 1 : 2;
            }

            function same(a, b) {
              return a === b || (inner(a) && inner(b) && JSON.stringify(a) === JSON.stringify(b));
            }
            """;

    private static final String POSITION = """

            function joined(inputs) {
              const lengths = inputs.map(input => input.length);
              const count = SETTINGS.until === 'first' ? lengths[0] : Math[SETTINGS.until === 'longest' ? 'max' : 'min'](...lengths);
              const wanted = /^preferInput([0-9]+)$/.exec(SETTINGS.prefer);
              const over = wanted ? Number(wanted[1]) - 1 : inputs.length - 1;
              return Array.from({ length: count }, (none, at) => {
                const row = inputs.map((input, i) => (SETTINGS.prefer === 'addSuffix' ? suffixed(input[at] || {}, i + 1) : input[at] || {}));
                return merged(...row, row[over]);
              });
            }
            """;

    private static final String ALL = """

            function joined([one, two]) {
              return one.flatMap(first => two.map(second => {
                if (SETTINGS.prefer === 'addSuffix') return merged(suffixed(first, 1), suffixed(second, 2));
                return SETTINGS.prefer === 'preferInput1' ? merged(second, first) : merged(first, second);
              }));
            }
            """;

    private static final String KEY = """

            // Of several with one key the last counts; numbers and texts are the same, and other keys are none.
            function joined([one, two]) {
              const [[first, second]] = SETTINGS.fields;
              const byKey = new Map();
              for (const record of two) {
                const key = valueAt(record, second);
                if (key) byKey.set(String(key), record);
              }
              const made = [];
              for (const record of one) {
                const key = valueAt(record, first);
                const known = typeof key === 'string' || typeof key === 'number';
                const other = known ? byKey.get(String(key)) : undefined;
                if (SETTINGS.join === 'keep' ? other : SETTINGS.join === 'remove' && !other) made.push(record);
                if (SETTINGS.join === 'merge' && known) made.push(other ? over(record, other, second) : record);
              }
              return made;
            }

            function over(record, other, key) {
              const made = { ...record };
              for (const [name, value] of Object.entries(other)) {
                const blank = made[name] === undefined || (SETTINGS.overwrite === 'blank' && (made[name] === null || made[name] === ''));
                if (name !== key && (SETTINGS.overwrite === 'always' || blank)) made[name] = value;
              }
              return made;
            }
            """;

    private static final String CHOICE = """

            function joined(inputs) {
              return SETTINGS.use === 0 ? [{}] : inputs[SETTINGS.use - 1] || [];
            }
            """;

    private N8nMergeScript() {}

    /** @param settings with {@code by}: how it joins; {@code inputs}: how many there are; and what that way of joining reads */
    static String of(String origin, ObjectNode settings) {
        String parts = switch (settings.path("by").asText()) {
            case "fields" -> FIELDS + VALUE + MERGED;
            case "position" -> POSITION + MERGED;
            case "all" -> ALL + MERGED;
            case "key" -> KEY + VALUE;
            default -> CHOICE;
        };
        return Adapters.header(origin) + "const SETTINGS = " + settings + ";\n" + HANDLE + parts;
    }
}
