package io.patchbay.shape.map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Durations;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Scope;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.problem.Problems;
import io.patchbay.script.Scripts.Bounds;
import io.patchbay.script.language.Engine.Data;
import io.patchbay.script.language.Language;
import io.patchbay.script.language.LanguageException;
import io.patchbay.script.language.Languages;
import io.patchbay.script.language.Languages.Given;
import io.patchbay.script.language.Languages.Source;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.References;
import io.patchbay.shape.StateRef;
import io.patchbay.shape.Surroundings;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A map whose whole rule is one expression of a language that others know already.
 *
 * @param language of the expression
 * @param text the expression
 * @param each what it works on
 * @param element with XML: what a record is called there
 * @param timeout how long it may take, or null
 */
record Expression(
        Language language,
        ExpressionText text,
        MapShape.Each each,
        String element,
        @Nullable Duration timeout) {

    private static final String FLOW = "flow";
    private static final Pattern ENDS =
            Pattern.compile("(?i)\\bends? too early|before end|<eof>|end of (input|expression)");

    Set<Ref> reads() {
        return text.file() == null ? Set.of() : Set.of(new Ref(References.EXPRESSION, List.of(text.file()), text.at()));
    }

    /** The flow's variables are read where their name is written at all. */
    Contract contract(Surroundings around) {
        boolean reads =
                text(around).contains(FLOW) || others(around).values().stream().anyMatch(other -> other.contains(FLOW));
        Set<StateRef> variables =
                reads ? around.variableNames().stream().map(StateRef::variable).collect(Collectors.toSet()) : Set.of();
        return Contract.atMostOne().reading(variables);
    }

    /** Adds what is wrong with it; a file that is not there is found where all references are. */
    void check(Placed at, Surroundings around, Problems problems) {
        Languages languages = languages(around);
        checkTimeout(at, languages.time(), problems);
        String file = text.file();
        if (file != null && language.endings().stream().noneMatch(file::endsWith)) {
            problems.error(
                    text.at(),
                    "BAD_VALUE",
                    "the file of an expression in " + language.shown() + " ends with "
                            + String.join(" or ", language.endings()) + ", found '" + file + "'",
                    "files of expressions stand in routes/scripts");
            return;
        }
        if (file != null && !around.scripts().names().contains(file)) {
            return;
        }
        try {
            languages.read(source(around));
        } catch (LanguageException e) {
            problems.error(text.at(), "BAD_EXPRESSION", shown(around, e), hint(e));
        }
    }

    private void checkTimeout(Placed at, Duration most, Problems problems) {
        if (timeout == null) {
            return;
        }
        boolean none = timeout.isZero() || timeout.isNegative();
        if (none || timeout.compareTo(most) > 0) {
            problems.error(
                    at.at("timeout"),
                    "BAD_VALUE",
                    none
                            ? "timeout must be above zero, found " + Durations.format(timeout)
                            : "timeout must be at most " + Durations.format(most) + ", found "
                                    + Durations.format(timeout),
                    "expressions may work as long as patchbay.languages.time says, " + Durations.format(most));
        }
    }

    private @Nullable String hint(LanguageException e) {
        if (e.kind() != LanguageException.Kind.SYNTAX || text.file() != null) {
            return null;
        }
        if (e.isMissing()) {
            return "put it in a file in routes/scripts, beside the one that it imports: " + language.key()
                    + ": { file: NAME" + language.endings().get(0) + " }";
        }
        return text.plain() && atTheEnd(e)
                ? "without quotes YAML ends a text at ' #', and between { } at a comma: put it in quotes or behind |"
                : null;
    }

    /** Whether the mistake is that the text ends, as far as it is told. */
    private boolean atTheEnd(LanguageException e) {
        String[] lines = String.valueOf(text.text()).strip().split("\n", -1);
        boolean behind = e.line() == lines.length && e.column() >= lines[lines.length - 1].length();
        return behind || ENDS.matcher(e.getMessage()).find();
    }

    /** What went wrong, with its place as far as it is known. */
    private String shown(Surroundings around, LanguageException e) {
        String file = e.file() != null ? e.file() : text.file();
        String place = e.line() == 0 ? "" : "line " + e.line() + (e.column() == 0 ? "" : ", column " + e.column());
        if (file == null) {
            String what = e.isMissing() ? "what stands in the flow itself imports nothing" : e.getMessage();
            return language.shown() + (place.isEmpty() ? "" : ", " + place) + ": " + what;
        }
        String path = around.scripts().source(file).map(source -> source.path()).orElse(file);
        return path + (e.line() == 0 ? "" : ":" + e.line()) + (e.column() == 0 ? "" : ":" + e.column()) + ": "
                + e.getMessage();
    }

    private static Languages languages(Surroundings around) {
        return around.services().get(Languages.class) instanceof Languages found ? found : Languages.DEFAULT;
    }

    private Source source(Surroundings around) {
        return new Source(language, text(around), others(around));
    }

    private String text(Surroundings around) {
        String file = text.file();
        return file == null
                ? String.valueOf(text.text())
                : around.scripts().source(file).map(source -> source.text()).orElse("");
    }

    /** The files that a file may import; what stands in a flow imports nothing. */
    private Map<String, String> others(Surroundings around) {
        String file = text.file();
        return file == null
                ? Map.of()
                : around.scripts().used(file).stream()
                        .filter(source -> !source.name().equals(file))
                        .collect(Collectors.toMap(source -> source.name(), source -> source.text()));
    }

    Plan plan(Surroundings around) {
        Call call = call(around);
        return new Plan.PerPayload(
                each == MapShape.Each.RECORD ? new ExpressionPerRecord(call) : new ExpressionPerPayload(call));
    }

    /** What calls the expression, which was checked before. */
    Call call(Surroundings around) {
        try {
            return call(around, Bounds.NONE);
        } catch (LanguageException e) {
            throw new IllegalStateException("checked before: " + e.getMessage(), e);
        }
    }

    /** The same for somebody who waits no longer than so. @throws LanguageException when it takes longer */
    Call call(Surroundings around, Bounds bounds) throws LanguageException {
        Languages languages = languages(around);
        return new Call(this, languages, languages.read(source(around), bounds), around);
    }

    /** How it failed, for who reads runs. */
    StepException failed(Surroundings around, LanguageException e) {
        Owner owner = switch (e.kind()) {
            case TIMEOUT, MEMORY, DEPTH, TOO_LARGE, BUSY -> Owner.LIMIT;
            case INTERRUPTED, BROKEN -> Owner.INTERNAL;
            default -> Owner.AUTHOR;
        };
        return new StepException(owner, "EXPRESSION_" + e.kind(), shown(around, e));
    }

    /** An expression that was read, and what calls it. */
    record Call(Expression of, Languages languages, Languages.Expression read, Surroundings around) {

        /** What the expression gives for values of a payload. @throws StepException when it could not be asked */
        List<Given> values(Payload payload, List<Data> values, Attempt attempt) throws StepException {
            return values(new Bounds(of.timeout, attempt::onCancel), variables(payload, attempt), values);
        }

        /** What the expression gives for values. @throws StepException when it could not be asked */
        List<Given> values(Bounds bounds, Map<String, JsonNode> variables, List<Data> values) throws StepException {
            try {
                return languages.each(read, bounds, around.clock().instant(), variables, values);
            } catch (LanguageException e) {
                throw failed(e);
            }
        }

        /** A record as the expression takes it. @throws StepException when it cannot be written so */
        Data data(JsonNode record) throws StepException {
            return of.language.xml() ? Data.of(XmlValues.record(record, of.element)) : Data.of(record);
        }

        /** Content as the expression takes it: XML as it stands. @throws StepException when it cannot be read or written so */
        Data data(Payload payload) throws StepException {
            if (isDocument(payload)) {
                return Data.of(payload.bytes());
            }
            JsonNode tree = payload.tree();
            JsonNode content = tree.isMissingNode() ? NullNode.getInstance() : tree;
            return of.language.xml() ? Data.of(XmlValues.payload(content, of.element)) : Data.of(content);
        }

        /** Whether the payload is XML and the expression takes it as it stands. */
        boolean isDocument(Payload payload) {
            return of.language.xml() && XmlValues.isXml(payload.body());
        }

        /** Content that would fill the memory. */
        void refuseIfLarger(long size) throws StepException {
            if (size > languages.largest()) {
                throw failed(new LanguageException(
                        LanguageException.Kind.TOO_LARGE,
                        "the payload has more than " + languages.largest() / 1024
                                + " KB (patchbay.languages.memory), which an expression cannot work on"));
            }
        }

        StepException failed(LanguageException e) {
            return of.failed(around, e);
        }

        private Map<String, JsonNode> variables(Payload payload, Attempt attempt) {
            Scope scope = attempt.scope(payload, null);
            ObjectNode meta = Json.NODES.objectNode();
            payload.meta().forEach(meta::put);
            ObjectNode flow = Json.NODES.objectNode();
            new LinkedHashSet<>(around.variableNames()).forEach(name -> {
                JsonNode value = scope.named(FLOW, name);
                flow.set(name, value == null ? NullNode.getInstance() : value);
            });
            ObjectNode run = Json.NODES.objectNode();
            run.put("id", attempt.runId());
            run.put(FLOW, attempt.flow());
            run.put("shape", attempt.shape());
            run.put("queuedAt", attempt.queuedAt().toString());
            return Map.of("meta", meta, FLOW, flow, "run", run);
        }
    }
}
