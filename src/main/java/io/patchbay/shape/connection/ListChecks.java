package io.patchbay.shape.connection;

import io.patchbay.canvas.Durations;
import io.patchbay.connector.Endpoint.Growth;
import io.patchbay.connector.EndpointFacts;
import io.patchbay.connector.Growing;
import io.patchbay.connector.Incremental.Start;
import io.patchbay.connector.Use;
import io.patchbay.connector.definition.InputConfig;
import io.patchbay.connector.definition.ValueType;
import io.patchbay.expression.SourcePath;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import io.patchbay.shape.Placed;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Checks and compiles what a connection says of lists: of values that it asks for, and of those that grow. */
record ListChecks(ConnectionSettings settings, EndpointFacts facts, Placed at, Problems problems) {

    void checkMatch(MatchSettings match) {
        Location place = at.at("match");
        if (facts.actsOutside()) {
            problems.error(
                    place,
                    "NOT_HERE",
                    "'match' belongs to reads, and '" + facts.endpoint() + "' changes something",
                    "take it out; a send is cut to the endpoint's own batch");
        }
        if (!(settings.output().output() instanceof Use.Into)) {
            problems.error(
                    at.at("output"),
                    "MISSING_KEY",
                    "'match' needs output: {into: name}: where each record gets its match",
                    "like output: { into: product }");
        }
        refuseRoot(match.record(), "record");
        refuseRoot(match.answer(), "answer");
        List<String> asking = settings.askingInputs();
        if (asking.size() != 1) {
            problems.error(
                    at.at("with"),
                    "BAD_VALUE",
                    asking.isEmpty()
                            ? "'match' needs a value under 'with' that reads the record: what is asked for"
                            : "with 'match' one value reads the record, found " + String.join(", ", asking),
                    "like with: { skus: '${record.sku}' }, where the endpoint declares skus: { type: array }");
            return;
        }
        InputConfig input = facts.inputs().get(asking.get(0));
        if (input != null && input.type() != ValueType.ARRAY) {
            problems.error(
                    at.key("with", asking.get(0)),
                    "NOT_A_LIST",
                    "input '" + asking.get(0) + "' of '" + facts.endpoint()
                            + "' takes one value, and 'match' asks for many at once",
                    "take 'match' out to call it for each record, or an endpoint whose input is of type array");
        }
        Growth growth = facts.growth();
        if (growth != null && growth.windows()) {
            problems.error(
                    place,
                    "NOT_HERE",
                    "'" + facts.endpoint()
                            + "' is read in windows of time, so it cannot be asked for records of any time",
                    null);
        }
    }

    private void refuseRoot(SourcePath path, String key) {
        if (path.fromRoot()) {
            problems.error(
                    at.key("match", key),
                    "BAD_VALUE",
                    "match." + key + " is read in each record, found '" + path + "'",
                    "leave the $. out");
        }
    }

    void checkIncremental() {
        IncrementalSettings own = settings.incremental();
        if (own == null) {
            return;
        }
        Location place = at.at("incremental");
        Growth growth = facts.growth();
        if (growth == null) {
            problems.error(
                    place,
                    "NOT_HERE",
                    "endpoint '" + facts.endpoint()
                            + "' has no 'incremental': it reads its list from the beginning each time",
                    "take it out");
        } else if (settings.match() != null) {
            problems.error(
                    place, "NOT_HERE", "with 'match' the whole list is read, and no cursor moves", "take it out");
        } else if (own.off()) {
            if (growth.windows()) {
                problems.error(
                        place,
                        "NOT_HERE",
                        "'" + facts.endpoint() + "' can only be read in windows of time",
                        "say { start: … } to begin earlier, and forget the cursor (patchbay cursors) to read it again");
            }
        } else {
            checkStart(own.own(), growth);
            checkTimes(own.own(), growth);
        }
    }

    private void checkStart(IncrementalSettings.Own own, Growth growth) {
        if (own.start() == null) {
            return;
        }
        try {
            Start.parse(growth.kind(), own.start());
        } catch (IllegalArgumentException e) {
            String kind = growth.kind().name().toLowerCase(Locale.ROOT);
            problems.error(
                    at.key("incremental", "start"),
                    "BAD_VALUE",
                    "start '" + own.start() + "' is none for a cursor of type " + kind,
                    Start.example(growth.kind()));
        }
    }

    private void checkTimes(IncrementalSettings.Own own, Growth growth) {
        if (own.lookback() != null && !growth.timed()) {
            problems.error(
                    at.key("incremental", "lookback"),
                    "NOT_HERE",
                    "'lookback' has a meaning for requests of type datetime only",
                    "take it out");
        }
        Duration step = own.step();
        if (step == null) {
            return;
        }
        Location place = at.key("incremental", "step");
        if (!growth.stepped() || growth.longest() == null) {
            problems.error(
                    place,
                    "NOT_HERE",
                    "'" + facts.endpoint() + "' is not read in windows, so it has no step",
                    "take it out");
        } else if (step.compareTo(growth.longest()) > 0) {
            problems.error(
                    place,
                    "BAD_VALUE",
                    "a step of " + Durations.format(step) + " is longer than the connector's of "
                            + Durations.format(growth.longest()),
                    "a flow may read in shorter windows only");
        } else if (growth.smallest() != null && step.compareTo(growth.smallest()) <= 0) {
            problems.error(
                    place,
                    "BAD_VALUE",
                    "a step of " + Durations.format(step) + " must be longer than the granularity of "
                            + Durations.format(growth.smallest()),
                    null);
        }
    }

    Use.@Nullable Match matching() {
        MatchSettings match = settings.match();
        return match == null
                ? null
                : new Use.Match(settings.askingInputs().get(0), match.record(), match.answer(), match.many());
    }

    void checkPageSize() {
        Integer size = settings.pageSize();
        if (size == null) {
            return;
        }
        Location place = at.at("pageSize");
        Integer most = facts.mostPerPage();
        if (most == null) {
            problems.error(
                    place,
                    "NOT_HERE",
                    "'" + facts.endpoint() + "' has no pages whose size could be asked for",
                    "take it out");
        } else if (size > most) {
            problems.error(
                    place,
                    "BAD_VALUE",
                    "pages of " + size + " records are larger than the connector's of " + most,
                    "a flow may ask for smaller pages only");
        }
    }

    Growing growing() {
        return grows().inPagesOf(settings.pageSize());
    }

    private Growing grows() {
        IncrementalSettings own = settings.incremental();
        Growth growth = facts.growth();
        if (own == null || growth == null) {
            return Growing.AS_DECLARED;
        }
        if (own.off()) {
            return Growing.OFF;
        }
        Start start = own.own().start() == null
                ? null
                : Start.parse(growth.kind(), own.own().start());
        return new Growing(false, start, own.own().lookback(), own.own().step());
    }
}
