package io.patchbay.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long {@code GET /api/v1/runs} takes among many runs: an own PostgreSQL, the program on it, its tables filled by statements, and
 * each kind of search asked over HTTP again and again with other values.
 */
public final class SearchBench {

    private static final long RUNS = Long.getLong("bench.runs", 10_000_000);
    /** How many of the oldest failed for one reason that no later one has. */
    private static final long OLD = Long.getLong("bench.old", RUNS / 10);

    private static final int ASKED = Integer.getInteger("bench.asked", 100);
    private static final int PAGES = Integer.getInteger("bench.pages", 200);
    /** What the names of the searches hold that are asked. */
    private static final String ONLY = System.getProperty("bench.only", "");

    private static final long GROUP = 500_000;
    private static final int PORT = 18092;
    private static final Duration DAYS = Duration.ofDays(28);
    private static final Pattern NEXT = Pattern.compile("\"next\":\"([^\"]+)\"");
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

    /** 400 bytes, as three shapes of a small run have. */
    private static final String SHAPES = """
            [{"shape":"pull","type":"connection","payloadsIn":1,"payloadsOut":4,"recordsOut":1000,"bytesIn":412345,"attempts":1,"took":"PT1.5S"},\
            {"shape":"map","type":"map","payloadsIn":4,"payloadsOut":4,"recordsIn":1000,"recordsOut":1000,"attempts":4,"took":"PT0.02S"},\
            {"shape":"push","type":"connection","payloadsIn":4,"payloadsOut":4,"recordsIn":1000,"bytesOut":398765,"attempts":4,"took":"PT2S"}]""";

    private final Random random = new Random(7);
    private final HttpClient http = HttpClient.newHttpClient();
    private Instant end = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private SearchBench() {}

    /** Runs it and prints a line per kind of search. With {@code bench.url} on a PostgreSQL that is there, which stays filled. */
    public static void main(String[] args) throws Exception {
        String there = System.getProperty("bench.url");
        if (there != null) {
            measure(there);
            return;
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("shared_buffers", System.getProperty("bench.buffers", "128MB"))
                .setServerConfig("maintenance_work_mem", "512MB")
                .setServerConfig("max_wal_size", "8GB")
                .setServerConfig("fsync", "off")
                .start()) {
            measure(postgres.getJdbcUrl("postgres", "postgres"));
        }
    }

    @SuppressWarnings("try") // the program runs while it stands here
    private static void measure(String url) throws Exception {
        try (Product product = start(url)) {
            SearchBench bench = new SearchBench();
            try (Connection connection = DriverManager.getConnection(url, "postgres", "");
                    Statement statement = connection.createStatement()) {
                bench.fill(statement);
            }
            bench.ask();
        }
    }

    private static Product start(String url) throws IOException, InterruptedException {
        List<String> program = List.of(
                Child.java(),
                "-Xmx512m",
                "-cp",
                System.getProperty("bench.classes", System.getProperty("java.class.path")),
                "io.patchbay.App",
                "--patchbay.store.url=" + url,
                "--patchbay.store.user=postgres",
                "--patchbay.history.keep=3650d",
                "--patchbay.history.most=1000000000",
                "--patchbay.rate.calls=1000000");
        return Product.start(
                program,
                List.of(
                        "connectors/bench/connector.yaml",
                        "connectors/bench/instances/bench.yaml",
                        "routes/callback.flow.yaml"),
                PORT,
                PORT + 1);
    }

    /** Fills tables without their indexes, which are made again behind that; unless somebody did. */
    private void fill(Statement statement) throws SQLException {
        try (ResultSet any = statement.executeQuery(
                "select max(queued_at), count(*) from (select queued_at from run order by id desc limit " + RUNS
                        + ") r")) {
            any.next();
            if (any.getLong(2) == RUNS) {
                end = any.getTimestamp(1).toInstant();
                System.out.printf("there are %,d runs, until %s%n", RUNS, end);
                return;
            }
        }
        long begin = System.nanoTime();
        List<String> indexes = new ArrayList<>();
        List<String> names = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(
                "select indexname, indexdef from pg_indexes where tablename in ('run', 'tracked', 'failed_payload', 'failed_key')"
                        + " and indexname not like '%_pkey'")) {
            while (rows.next()) {
                names.add(rows.getString(1));
                indexes.add(rows.getString(2));
            }
        }
        for (String name : names) {
            statement.execute("drop index " + name);
        }
        for (long from = 0; from < RUNS; from += GROUP) {
            statement.execute(runs(from, Math.min(RUNS, from + GROUP)));
            System.out.printf("%,d runs after %d s%n", Math.min(RUNS, from + GROUP), seconds(begin));
        }
        long orders = Math.max(1, RUNS / 50); // each is in ten of the runs that have one
        statement.execute(
                "insert into tracked (id, entity, item, field, direction, success, source, flow, shape, run_id, seen_at)"
                        + " select md5(id), 'order', 'ORD-' || (('x' || substr(md5(id), 1, 7))::bit(28)::int % "
                        + orders
                        + "), 'number', 'send', true, 'bench', flow, 'push', id, queued_at from run where resumed = 0 and ('x' || substr(md5(id), 9, 4))::bit(16)::int % 5 = 0");
        statement.execute(
                "insert into failed_payload (id, run_id, flow, revision, shape, owner, code, message, attempts, failed_at, state, payload)"
                        + " select 'f' || id, id, flow, revision, 'push', 'remote', 'http.status', reason, 3, ended_at, 'open', '\\x00' from run where reason is not null");
        statement.execute("insert into failed_key (failed_id, item, flow, shape, failed_at, passed)"
                + " select id, 'ORD-' || (('x' || substr(md5(run_id), 1, 7))::bit(28)::int % " + orders
                + "), flow, shape, failed_at, false from failed_payload");
        System.out.printf("filled after %d s%n", seconds(begin));
        for (String index : indexes) {
            statement.execute(index);
        }
        statement.execute("vacuum analyze");
        try (ResultSet rows =
                statement.executeQuery("select version(), pg_size_pretty(pg_database_size('postgres'))")) {
            rows.next();
            System.out.printf("indexed after %d s: %s, %s%n", seconds(begin), rows.getString(1), rows.getString(2));
        }
    }

    private static long seconds(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin).toSeconds();
    }

    /**
     * Half of them of one flow, the rest of 499; the oldest fail for one reason that no later one has; of the others one in 25 fails, a fifth
     * of these for one reason, some for one that nobody shares.
     */
    private String runs(long from, long to) {
        String at = "(" + (end.toEpochMilli() - DAYS.toMillis()) + " + n * " + DAYS.toMillis() + " / " + RUNS + ")";
        return "insert into run (id, flow, revision, trigger_kind, status, queued_at, started_at, ended_at, reason, resumed, shapes, owner, logs, requests)"
                + " select overlay(lpad(to_hex(ms), 12, '0') placing '-' from 9 for 0) || '-7' || substr(h, 1, 3) || '-8' || substr(h, 4, 3) || '-' || substr(h, 7, 12),"
                + " case when n % 2 = 0 then 'flow-0' else 'flow-' || (1 + (n / 2) % 499) end,"
                + " 'abcdef0123456789', case n % 7 when 0 then 'webhook' when 1 then 'manual' else 'schedule' end,"
                + " case when n < " + OLD
                + " then 'failed' when n % 25 = 0 then (case when n % 50 = 0 then 'failed' else 'partial' end) else 'succeeded' end,"
                + " t, t + interval '1 second', t + interval '3 seconds',"
                + " case when n < " + OLD
                + " then 'push: the shop refused its token: it is expired' when n % 25 <> 0 then null when n % 125 = 0 then 'push: the system answered 503 Service Unavailable'"
                + " when n % 100000 = 25 then 'push: the customer ' || substr(h, 1, 10) || ' is blocked'"
                + " else 'push: order ' || n || ' was refused: field ' || substr(h, 1, 6) || ' is unknown' end,"
                + " 0, '" + SHAPES + "', 'bench', '[]', '[]'"
                + " from (select n, ms, to_timestamp(ms / 1000.0) as t, md5(n::text) as h from"
                + " (select n, " + at + " as ms from generate_series(" + from + "::bigint, " + (to - 1)
                + "::bigint) n) a) b";
    }

    private void ask() throws IOException, InterruptedException {
        for (int i = 0; i < 300; i++) {
            answer("flow=nobody", null); // the program itself gets warm
            answer(hour(), null);
        }
        System.out.printf("%-58s %9s %9s %9s %9s%n", "search", "first ms", "p50 ms", "p99 ms", "most ms");
        kind("all", () -> "");
        kind("the flow of half of them", () -> "flow=flow-0");
        kind("one of 499 flows", () -> "flow=" + flow());
        kind("a status", () -> "status=" + one("failed", "partial", "succeeded"));
        kind("a status that none has", () -> "status=stopped");
        kind("a flow and a status", () -> "flow=" + flow() + "&status=" + one("failed", "partial"));
        kind("a trigger", () -> "trigger=" + one("webhook", "manual", "schedule"));
        kind("a trigger that none has", () -> "trigger=callback");
        kind("a flow and a trigger", () -> "flow=" + flow() + "&trigger=webhook");
        kind("an hour", () -> hour());
        kind("an hour, a flow and a status", () -> hour() + "&flow=flow-0&status=failed");
        kind("text that every fifth reason has", () -> "error=" + text("503 service"));
        kind(
                "text that one reason has",
                () -> "error=" + text("order " + (long) (OLD + random.nextDouble() * (RUNS - OLD)) / 25 * 25 + " was"));
        kind("text that many old ones have", () -> "error=" + text(one("refused its token", "token: it is expired")));
        kind("text that many old ones have, and a status", () -> "status=failed&error=" + text("refused its token"));
        kind("text that many old ones have, in a flow", () -> "flow=" + flow() + "&error=" + text("refused its token"));
        kind(
                "text that many old ones have, and a status none has",
                () -> "status=partial&error=" + text("refused its token"));
        kind("text that no reason has", () -> "error=" + text("volcano " + random.nextInt(10_000)));
        kind("text of three characters that no reason has", () -> "error=" + one("zzq", "qxz", "wqz"));
        kind("text that few reasons have, in a flow", () -> "error=" + text("is blocked") + "&flow=" + flow());
        kind("a business key of about ten runs", () -> "businessKey=ORD-" + (long) (random.nextDouble() * RUNS / 50));
        kind("a business key that none has", () -> "businessKey=NONE-" + random.nextInt(10_000));
        kind(
                "a business key and a flow",
                () -> "flow=flow-0&businessKey=ORD-" + (long) (random.nextDouble() * RUNS / 50));
        kind("q: the beginning of an id", () -> "q=" + beginning());
        kind("q: text that no reason has", () -> "q=" + text("volcano " + random.nextInt(10_000)));
        pages("pages one after the other: all", "");
        pages("pages one after the other: a flow and a status", "flow=flow-0&status=failed");
        pages("pages one after the other: text of every fifth reason", "error=" + text("503 service"));
        pages("pages one after the other: text that all reasons have", "error=" + text("push"));
        pages("pages one after the other: text that many old ones have", "error=" + text("refused its token"));
    }

    private void kind(String name, Supplier<String> query) throws IOException, InterruptedException {
        if (!name.contains(ONLY)) {
            return;
        }
        long begin = System.nanoTime();
        answer(query.get(), null);
        double first = (System.nanoTime() - begin) / 1e6;
        Latencies all = new Latencies();
        for (int i = 0; i < ASKED; i++) {
            String asked = query.get();
            long from = System.nanoTime();
            answer(asked, null);
            all.add(System.nanoTime() - from);
        }
        print(name, first, all);
    }

    private void pages(String name, String query) throws IOException, InterruptedException {
        if (!name.contains(ONLY)) {
            return;
        }
        Latencies all = new Latencies();
        String after = null;
        double first = 0;
        int seen = 0;
        for (int i = 0; i <= PAGES; i++) {
            long from = System.nanoTime();
            String page = answer(query, after);
            long took = System.nanoTime() - from;
            if (i == 0) {
                first = took / 1e6;
            } else {
                all.add(took);
            }
            Matcher next = NEXT.matcher(page);
            seen++;
            if (!next.find()) {
                break;
            }
            after = next.group(1);
        }
        print(name + " (" + seen + ")", first, all);
    }

    private static void print(String name, double first, Latencies all) {
        System.out.printf(
                "%-58s %9.1f %9.1f %9.1f %9.1f%n", name, first, all.millis(0.5), all.millis(0.99), all.millis(1));
    }

    private String answer(String query, String after) throws IOException, InterruptedException {
        String path = "/api/v1/runs?limit=50&" + query + (after == null ? "" : "&after=" + after);
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + path))
                .header("Authorization", "Bearer " + Product.TOKEN)
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(path + " was answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    private String flow() {
        return "flow-" + (1 + random.nextInt(499));
    }

    private String one(String... of) {
        return of[random.nextInt(of.length)];
    }

    private static String text(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private String hour() {
        Instant since = end.minusSeconds((long) (random.nextDouble() * (DAYS.toSeconds() - 3_600)) + 3_600);
        return "since=" + since + "&until=" + since.plusSeconds(3_600);
    }

    private String beginning() {
        Matcher id;
        try {
            id = ID.matcher(answer(hour(), null));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (!id.find()) {
            throw new IllegalStateException("an hour without runs");
        }
        return id.group(1).substring(0, 20);
    }
}
