package io.patchbay.shape.connection;

import io.patchbay.connector.EndpointFacts;
import io.patchbay.connector.Judge;
import io.patchbay.connector.Use;
import io.patchbay.expression.Ref;
import io.patchbay.problem.Problems;
import io.patchbay.shape.AnswerScript;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Described;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.References;
import io.patchbay.shape.ShapeSpec;
import io.patchbay.shape.ShapeType;
import io.patchbay.shape.Surroundings;
import io.patchbay.shape.connection.ConnectionSettings.ResponseSettings;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Calls an endpoint of a connector's instance. */
public final class ConnectionShape implements ShapeType<ConnectionSettings> {

    private static final ShapeSpec SPEC = new ShapeSpec(
            "connection", "Calls an endpoint of a connector's instance: reads from it, or sends to it.", """
            A read without paging answers one payload. A paged read, and a read of files by a pattern, yield a payload per page
            or file; the next one is fetched while one is worked on. A send is made for each payload, and cut into several
            requests where the endpoint takes only so many records at a time; records that the system refuses, and those of a request
            that stays failed, are failed payloads of their own, and the others go on. See [writes](../writes.md).

            With `onError: skip`, a record of a file or of rows that cannot be read goes aside, and the others go on; see
            [files](../servers.md#other-formats) and [answers](../formats.md#formats-of-files).

            A value under `with` that reads `${record.…}` makes the endpoint be called for each record. With `output: input` the
            payload goes on as it came in, with `output: { into: name }` each record gets the answer under that name.

            Where the input is a list (`type: array`), `match` asks for all records of a payload at once, each value one time:

            ```yaml
            connection:
              instance: big-store
              endpoint: variants.find-all
              with: { skus: '${record.sku}' }
              match: { record: sku, answer: sku }
              output: { into: variant }
            ```

            - `record` is where a record has what its match has too, and `answer` where a record of the answer has it. 7 and `"7"` are
              alike, `"007"` and `"7"` are not, nor are `a` and `A`. A list (`lines[*].sku`) asks for each of its values.
            - A record without a match gets `null`. Where several match it gets the first, and the run's log says how many were passed over;
              with `many: true` each record gets the list of its matches, `[]` for none. A record that has no value there is not
              asked for.
            - The input's `maxItems` bounds a call (100 where it has none): more values are asked for in several calls. The pages of a
              list are all read, and of a list that grows the whole; what nobody asked for is left out.
            - A call fails as one. The only call of a payload is tried again and fails the payload; one of several fails the records
              that it was for, and the others go on. An answer in which no record has `answer` is a failure (`NO_MATCH_KEY`), so that a
              wrong path is not taken for no match.

            `response: { script: { file: judge.js } }` has a function of a script of the flow judge each answer: whether it is a success, and what
            goes on; see [scripts](../scripts.md#scripts-that-judge-answers).

            `incremental` says how a list that grows is read in this flow, where that is otherwise than in the connector's file; see
            [lists](../lists.md#lists-that-grow).
            """, """
            Loses nothing. A request whose answer did not arrive is sent again, so the system may see it twice, unless its
            endpoint declares `idempotency`. After a crash at most the requests that were on their way are repeated.
            """, """
            flow: open-orders
            shapes:
              - id: orders
                connection: { instance: sandbox-shop, endpoint: orders.list, with: { status: open } }
            """);

    @Override
    public ShapeSpec spec() {
        return SPEC;
    }

    @Override
    public Class<ConnectionSettings> settings() {
        return ConnectionSettings.class;
    }

    private static EndpointFacts facts(ConnectionSettings settings, Surroundings around) {
        return settings.use().facts(around);
    }

    @Override
    public Contract contract(ConnectionSettings settings, Surroundings around) {
        EndpointFacts facts = facts(settings, around);
        Contract contract = (facts.many() && settings.match() == null ? Contract.many() : Contract.one())
                .reading(References.state(settings.reads()));
        Contract judged = settings.response() == null
                ? contract
                : settings.response().script().added(contract, around);
        return facts.actsOutside() ? judged.actingOutside() : judged;
    }

    @Override
    public void check(ConnectionSettings settings, Placed at, Surroundings around, Problems problems) {
        EndpointFacts facts = settings.use().check(at, around, problems);
        if (settings.response() != null) {
            checkResponse(settings.response(), facts, at.in("response"), around, problems);
        }
        if (facts == null) {
            return;
        }
        ListChecks lists = new ListChecks(settings, facts, at, problems);
        lists.checkIncremental();
        lists.checkPageSize();
        if (settings.match() != null) {
            lists.checkMatch(settings.match());
        } else {
            checkYield(settings, facts, at, problems);
        }
    }

    private static void checkResponse(
            ResponseSettings response,
            @Nullable EndpointFacts facts,
            Placed at,
            Surroundings around,
            Problems problems) {
        response.script().check(at.in("script"), around, problems);
        if (facts != null && !facts.answers()) {
            problems.error(
                    at.at("script"),
                    "BAD_VALUE",
                    "endpoint '" + facts.endpoint() + "' has no answers that a script could judge: its calls are no"
                            + " HTTP requests of their own, or it reads answers piece by piece (recordSelector.chunk, response.content)",
                    "leave out 'response', and put a script shape behind this one");
        }
    }

    private static void checkYield(ConnectionSettings settings, EndpointFacts facts, Placed at, Problems problems) {
        if (facts.many() && !(settings.output().output() instanceof Use.Response)) {
            problems.error(
                    at.at("output"),
                    "BAD_VALUE",
                    "endpoint '" + facts.endpoint() + "' yields any number of payloads, so only its answers can go on",
                    null);
        }
        if (facts.many() && settings.perRecord()) {
            problems.error(
                    at.at("with"),
                    "NOT_THERE_YET",
                    "an endpoint that yields any number of payloads cannot be called for each record yet",
                    "where it takes a list, ask for all records at once: match: { record: sku, answer: sku }; else put"
                            + " flowControl { size: 1, wrapSingle: false } before it and read ${payload...} in place of"
                            + " ${record...}");
        }
    }

    @Override
    public Set<Ref> reads(ConnectionSettings settings) {
        return settings.allReads();
    }

    @Override
    public @Nullable String oneByOne(ConnectionSettings settings, Surroundings around) {
        EndpointFacts facts = facts(settings, around);
        return facts.perKey()
                ? "endpoint '" + facts.endpoint() + "' sends records of one key in order (ordering: perKey)"
                : null;
    }

    @Override
    public String fingerprint(ConnectionSettings settings, Surroundings around) {
        return facts(settings, around).hash();
    }

    @Override
    public boolean keepsRecords(ConnectionSettings settings) {
        return settings.output().output() instanceof Use.Input;
    }

    @Override
    public @Nullable Described gives(ConnectionSettings settings, Surroundings around) {
        return settings.output().output() instanceof Use.Response
                ? settings.use().answers(around)
                : null;
    }

    @Override
    public @Nullable Described takes(ConnectionSettings settings, Surroundings around) {
        return settings.use().sent(around);
    }

    @Override
    public Plan plan(ConnectionSettings settings, Placed at, Surroundings around) {
        EndpointFacts facts = facts(settings, around);
        ListChecks lists = new ListChecks(settings, facts, at, new Problems());
        Judge judge = settings.response() == null
                ? null
                : new AnswerScript(settings.response().script(), around);
        return settings.use()
                .plan(
                        facts,
                        with -> new Use(
                                with,
                                settings.output().output(),
                                settings.perRecord(),
                                lists.matching(),
                                lists.growing(),
                                judge,
                                at.skips()));
    }
}
