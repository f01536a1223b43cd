package io.patchbay.shape.trackdata;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.WrongValueException;
import io.patchbay.expression.Condition;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Scope;
import io.patchbay.expression.SourcePath;
import io.patchbay.expression.Values;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.problem.Problems;
import io.patchbay.shape.Contract;
import io.patchbay.shape.EndpointUse;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.RecordWork;
import io.patchbay.shape.References;
import io.patchbay.shape.ShapeSpec;
import io.patchbay.shape.ShapeType;
import io.patchbay.shape.Surroundings;
import io.patchbay.shape.trackdata.TrackDataShape.TrackDataSettings.KeyOf;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Writes values of records down, so that they can be searched. */
public final class TrackDataShape implements ShapeType<TrackDataShape.TrackDataSettings> {

    private static final int LONGEST_NAME = 100;

    private static final ShapeSpec SPEC = new ShapeSpec(
            "trackData",
            "Writes values of each record down, so that \"what happened to customer 123?\" can be answered.",
            """
            Each value at each of `fields` becomes an entry with the entity, the direction, the flow, the run and the time; a path that leads
            to several places makes one for each. The payload goes on as it came. `patchbay tracked --entity order --value 1001`
            and `GET /api/v1/tracked` find them, newest first; an entry can be found as soon as it is written, which is well below a second.

            `primaryKeyOf: { instance: shop, endpoint: orders.list }` in place of `fields` takes those that the connector names as what identifies
            a record there (`recordSelector.primaryKey`). When the connector names others, that is another version of the flow.

            With `success` an entry says whether its record met the condition; without it every entry is a success. Put the shape behind a
            send to write down what was sent, and into a `catch` with a condition that is not met to write down what was not.

            What an entry says is what the shape saw: a record may still fail behind it. So the outcome of its run stands beside each entry, and where the flow
            says what its records are about (`settings.businessKey`), the shape at which this very record failed in that run, and what became of it since.

            A value of more than 255 characters is cut to them, with a warning in the log. A record without a value at a path has no entry for
            it, an object is no value; the log counts both. A record for which the condition cannot be decided is a failed payload of its own.
            The payload must be JSON.

            An entry is kept for 15 days after its value was last seen (`patchbay.tracked.keep`), and the newest 15 of a value
            (`patchbay.tracked.most-per-value`).
            """,
            "Nothing: entries are on disk before the run ends or its page counts as delivered, and a run that is taken up again after a"
                    + " crash writes the same ones over. When the database takes none, the log says so and the data goes on.",
            """
            flow: tracked-orders
            shapes:
              - id: orders
                manualPayload: { json: [ { id: 1001, total: "10.00" }, { id: 1002, total: "0.00" } ] }
              - id: seen
                trackData: { entity: order, direction: receive, fields: [ id ], success: { field: total, as: number, above: 0 } }
            """);

    /** Settings. */
    @Doc("Which values are written down, and as what")
    public record TrackDataSettings(
            @Doc("What kind of thing the values name, like order; at most 100 characters")
            String entity,

            @Doc("Which way the records go") Direction direction,

            @Doc("Paths in the record; without them primaryKeyOf is needed") @Default("[]")
            List<SourcePath> fields,

            @Doc(
                    "The endpoint whose records these are: the fields are those that identify one (recordSelector.primaryKey)")
            @Nullable
            KeyOf primaryKeyOf,

            @Doc("Which system they are about, a label") @Nullable
            String source,

            @Doc("Says of each record whether it is a success") @Nullable
            Condition success) {

        /** An endpoint of an instance, whose connector says what identifies a record. */
        @Doc("An endpoint whose connector says what identifies a record")
        public record KeyOf(
                @Doc("Name of the instance") String instance,
                @Doc("Its endpoint, like orders.list") String endpoint) {

            EndpointUse use() {
                return new EndpointUse(instance, null, endpoint, Map.of());
            }
        }

        /** @throws WrongValueException when a name is too long or empty, or there is no field, or two ways to name them */
        public TrackDataSettings {
            fields = List.copyOf(fields);
            if (fields.isEmpty() == (primaryKeyOf == null)) {
                throw new WrongValueException(
                        "trackData needs either 'fields', at least one, or 'primaryKeyOf'",
                        "for example fields: [ id ], or primaryKeyOf: { instance: shop, endpoint: orders.list }");
            }
            requireName("entity", entity);
            if (source != null) {
                requireName("source", source);
            }
        }

        private static void requireName(String key, String name) {
            if (name.isBlank() || name.length() > LONGEST_NAME) {
                throw new WrongValueException(
                        "'" + key + "' has 1 to " + LONGEST_NAME + " characters, found " + name.length(),
                        "for example " + key + ": order");
            }
        }
    }

    @Override
    public ShapeSpec spec() {
        return SPEC;
    }

    @Override
    public Class<TrackDataSettings> settings() {
        return TrackDataSettings.class;
    }

    @Override
    public void check(TrackDataSettings settings, Placed at, Surroundings around, Problems problems) {
        KeyOf of = settings.primaryKeyOf();
        if (of == null) {
            return;
        }
        Placed there = at.in("primaryKeyOf");
        if (of.use().named(there, around, problems) != null
                && of.use().primaryKey(around).isEmpty()) {
            problems.error(
                    there.at("endpoint"),
                    "NO_PRIMARY_KEY",
                    "the connector does not say what identifies a record of endpoint '" + of.endpoint() + "'",
                    "name the fields here: fields: [ id ]; or write recordSelector: { primaryKey: [ id ] } into its file");
        }
    }

    @Override
    public Contract contract(TrackDataSettings settings, Surroundings around) {
        return Contract.one().reading(References.state(reads(settings)));
    }

    @Override
    public Set<Ref> reads(TrackDataSettings settings) {
        return settings.success() == null ? Set.of() : settings.success().reads();
    }

    /** A key that the connector's file names anew is another revision of the flow. */
    @Override
    public String fingerprint(TrackDataSettings settings, Surroundings around) {
        KeyOf of = settings.primaryKeyOf();
        return of == null ? "" : String.join("\n", of.use().primaryKey(around));
    }

    @Override
    public boolean keepsRecords(TrackDataSettings settings) {
        return true;
    }

    @Override
    public Plan plan(TrackDataSettings settings, Placed at, Surroundings around) {
        KeyOf of = settings.primaryKeyOf();
        List<SourcePath> fields = of == null
                ? settings.fields()
                : of.use().primaryKey(around).stream().map(SourcePath::of).toList();
        return new Plan.PerPayload((payload, attempt) ->
                new Page(settings, fields, attempt, around.clock()).track(payload, around.service(Tracked.class)));
    }

    /** The records of one payload. */
    private static final class Page {
        private final TrackDataSettings settings;
        private final List<SourcePath> fields;
        private final Attempt attempt;
        private final Clock clock;
        private final List<Sighting> seen = new ArrayList<>();
        private final Set<String> without = new TreeSet<>();
        private int missing;
        private int cut;
        private int index = -1;

        Page(TrackDataSettings settings, List<SourcePath> fields, Attempt attempt, Clock clock) {
            this.settings = settings;
            this.fields = fields;
            this.attempt = attempt;
            this.clock = clock;
        }

        @Nullable
        Payload track(Payload payload, Tracked tracked) throws StepException {
            RecordWork work = new RecordWork(
                    (record, scope) -> look(payload, record, scope),
                    (parsed, records, same) -> same ? parsed : parsed.withRecords(records));
            Payload out = work.apply(payload, attempt);
            if (missing > 0) {
                attempt.log(
                        LogLevel.INFO,
                        "not tracked: " + missing + (missing == 1 ? " record has" : " records have") + " no value at "
                                + String.join(", ", without));
            }
            if (cut > 0) {
                attempt.log(
                        LogLevel.WARN,
                        cut + (cut == 1 ? " value is" : " values are") + " tracked by the first " + Sighting.LONGEST
                                + " characters");
            }
            if (!seen.isEmpty()) {
                attempt.settle(tracked.saw(seen).exceptionally(this::notWritten));
            }
            return out;
        }

        @SuppressWarnings("NullAway") // a future of nothing completes with null
        private Void notWritten(Throwable broken) {
            attempt.log(LogLevel.WARN, seen.size() + " values could not be tracked: the store did not take them");
            return null;
        }

        private JsonNode look(Payload payload, JsonNode record, Scope scope) {
            index++;
            boolean success = settings.success() == null || settings.success().test(record, scope);
            boolean lacks = false;
            for (SourcePath field : fields) {
                List<String> values = values(field.find(record, scope));
                for (int i = 0; i < values.size(); i++) {
                    seen.add(sighting(payload, field.toString(), i, values.get(i), success));
                }
                if (values.isEmpty()) {
                    without.add("'" + field + "'");
                    lacks = true;
                }
            }
            missing += lacks ? 1 : 0;
            return record;
        }

        private List<String> values(JsonNode found) {
            List<String> values = new ArrayList<>();
            if (found.isArray()) {
                found.forEach(item -> add(item, values));
            } else {
                add(found, values);
            }
            return values;
        }

        private void add(JsonNode value, List<String> values) {
            // No database keeps a character of code 0 in a text.
            String text = value.isContainerNode() ? "" : Values.text(value).replace('\0', '\uFFFD');
            if (text.length() > Sighting.LONGEST) {
                cut++;
                values.add(Sighting.firstOf(text));
            } else if (!text.isEmpty()) {
                values.add(text);
            }
        }

        private Sighting sighting(Payload payload, String field, int place, String value, boolean success) {
            String what = String.join(
                    "\n",
                    attempt.runId(),
                    attempt.shape(),
                    payload.lineage().text(),
                    String.valueOf(index),
                    String.valueOf(place),
                    field);
            return new Sighting(
                    hash(what),
                    settings.entity(),
                    value,
                    field,
                    settings.direction(),
                    success,
                    settings.source(),
                    attempt.flow(),
                    attempt.shape(),
                    attempt.runId(),
                    clock.instant());
        }
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
