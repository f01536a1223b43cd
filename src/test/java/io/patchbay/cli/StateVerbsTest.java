package io.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.FakeAlerts;
import io.patchbay.api.FakeCursors;
import io.patchbay.api.FakeKnownLists;
import io.patchbay.api.FakeMutes;
import io.patchbay.api.FakePools;
import io.patchbay.api.FakeTracked;
import io.patchbay.api.FakeWaits;
import io.patchbay.payload.CursorKind;
import io.patchbay.run.PullCursor;
import io.patchbay.run.jdbc.RunCaches;
import io.patchbay.shape.CacheRules;
import io.patchbay.shape.CacheRules.Scope;
import io.patchbay.shape.Stores;
import io.patchbay.shape.trackdata.Tracked;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.util.unit.DataSize;

/** The verbs for what a runtime keeps between runs, spoken to the real API. */
class StateVerbsTest extends VerbsOfARuntime {

    private static final String A1 = "01a22f3f-21d5-7626-931a-45f90c07d751";
    private static final String A2 = "01a22f3f-21d5-7626-931a-45f90c07d752";

    @Autowired
    private FakeCursors cursors;

    @Autowired
    private FakeKnownLists knownLists;

    @Autowired
    private FakeTracked tracked;

    @Autowired
    private FakePools pools;

    @Autowired
    private RunCaches caches;

    @Autowired
    private FakeWaits waits;

    @Autowired
    private FakeAlerts alerts;

    @Autowired
    private FakeMutes mutes;

    @BeforeEach
    void fill() {
        cursors.clear();
        knownLists.clear();
        tracked.clear();
        pools.clear();
        caches.clear();
        flows.stores = new Stores(
                Map.of("stock", new CacheRules(Scope.COMPANY, Duration.ofDays(1), DataSize.ofMegabytes(1), 100)),
                Map.of());
    }

    @Test
    void showsForgetsTakesInAndHandsOutKeysOfPools() throws Exception {
        assertThat(say("pools").out()).isEqualTo("No pool has keys.\n");
        pools.with("erp", "order", "10 01", false);
        pools.with("erp", "order", "1002", true);
        assertThat(say("pools").out()).contains("pool  remembered  claimed\n").contains("erp            1        1\n");
        assertThat(say("pools", "erp", "--prefix", "10 ").out())
                .contains("order   10 01  remembered  run-1  2026-11-24T12:00:00Z  2026-11-24T12:01:00Z\n")
                .doesNotContain("1002");
        assertThat(say("pools", "erp", "--export", "keys.csv").out()).isEqualTo("written to keys.csv\n");
        assertThat(folder.resolve("keys.csv")).content().contains("10 01,order,remembered,run-1");
        assertThat(say("pools", "erp", "--forget", "10 01", "--entity", "order").out())
                .isEqualTo("forgotten: 1\n");
        assertThat(say("pools", "erp", "--import", "keys.csv", "--keep", "7d").out())
                .isEqualTo("added 1 of 1 keys; the others were there\n");
        assertThat(say("pools", "erp", "--forget-all", "--prefix", "10").out()).isEqualTo("forgotten: 2\n");
        assertThat(say("pools", "erp", "--forget-all").out()).isEqualTo("forgotten: 0\n");
        assertThat(say("pools", "erp").out()).isEqualTo("There are no such keys.\n");
        assertThat(say("pools", "--prefix", "1").err()).contains("Name the POOL");
        assertThat(say("pools", "erp", "--import", "none.csv").err()).contains("There is no file none.csv.");
        assertThat(say("pools", "erp", "--forget", "x").code()).isEqualTo(2);
    }

    @Test
    void showsReadsDeletesTakesInAndHandsOutEntriesOfCaches() throws Exception {
        assertThat(say("caches").out()).isEqualTo("No cache has entries.\n");
        Files.writeString(folder.resolve("in.csv"), "key,value\n10 01,\"{\"\"n\"\":1}\"\n1002,-5\n");
        assertThat(say("caches", "stock", "--import", "in.csv", "--keep", "1h").out())
                .isEqualTo("taken in: 2 entries of 2 rows\n");
        assertThat(say("caches").out())
                .contains("cache  scope    of         entries  bytes\n")
                .contains("stock  company  all flows        2  ");
        assertThat(say("caches", "stock", "--keys", "10 *").out())
                .contains("10 01  value      1  ")
                .doesNotContain("1002");
        assertThat(say("caches", "stock", "--read", "10 01").out()).isEqualTo("{\"n\":1}\n");
        assertThat(say("caches", "stock", "--read", "10 01", "--to", "one.json").out())
                .isEqualTo("written to one.json\n");
        assertThat(folder.resolve("one.json")).content().isEqualTo("{\"n\":1}");
        assertThat(say("caches", "stock", "--export", "out.csv").out()).isEqualTo("written to out.csv\n");
        assertThat(folder.resolve("out.csv")).content().contains("text,\"'-5\"");
        assertThat(say("caches", "stock", "--delete", "10 01").out()).isEqualTo("deleted: 1\n");
        assertThat(say("caches", "stock", "--delete-all", "--keys", "1*").out()).isEqualTo("deleted: 1\n");
        assertThat(say("caches", "stock", "--delete-all").out()).isEqualTo("deleted: 0\n");
        assertThat(say("caches", "stock").out()).isEqualTo("There are no such entries.\n");
        assertThat(say("caches", "stock", "--read", "no").err()).contains("There is no key in cache 'stock' 'no'.");
        assertThat(say("caches", "--keys", "1").err()).contains("Name the CACHE");
        assertThat(say("caches", "stock", "--page", "1").err()).contains("--page and --to go with --read KEY.");
        assertThat(say("caches", "stock", "--import", "none.csv").err()).contains("There is no file none.csv.");
    }

    @Test
    void listsShowsAndDecidesWhatWaits() {
        waits.clear();
        assertThat(say("waits", "list").out()).contains("Nothing waits.");
        waits.add("w1", "orders");
        waits.add("w2", "orders");

        assertThat(say("waits", "list", "--flow", "orders", "--limit", "1").out())
                .contains("w1", "Order 7", "approval", "There are more: --after w1")
                .doesNotContain("w2");
        assertThat(say("waits", "show", "w1").out()).contains("title:       Order 7", "\"id\" : 7");
        assertThat(say("waits", "approve", "w1", "--by", "ada", "--note", "fine", "--data", "{\"sum\":5}")
                        .out())
                .contains("approved; run run-of-w1 takes it on.");
        assertThat(say("waits", "show", "w1").out()).contains("by:          ada", "note:        fine", "{\"sum\":5}");
        Said twice = say("waits", "reject", "w1", "--by", "bob");
        assertThat(twice.code()).isEqualTo(2);
        assertThat(twice.err()).contains("It does not wait any more.");
        assertThat(say("waits", "list", "--state", "all").out()).contains("w1", "w2");
        assertThat(say("waits", "release", "paid:7", "--data", "[1]").out()).contains("it is kept until");
        assertThat(say("waits", "release", "nobody").code()).isEqualTo(2);
        assertThat(say("waits").code()).isEqualTo(2);
    }

    @Test
    void listsAlertsWithWhatToDoAndWhatWasNotSent() {
        alerts.clear();
        assertThat(say("alerts").out()).isEqualTo("There are none.\n");
        alerts.add(A1, "stock", false);
        alerts.add(A2, "orders", true);

        assertThat(say("alerts", "--of", "orders").out())
                .contains(
                        "failed_runs  orders  2026-11-24T12:00:00Z  -",
                        "  Run r1 of flow 'orders' failed: down\n",
                        "  hint: see the run with `patchbay runs r1`",
                        "  not sent: slack 1 of group ops: it answered 503\n")
                .doesNotContain("stock");
        assertThat(alerts.asked.subject()).isEqualTo("orders");
        assertThat(say("alerts", "--all").out()).contains("stock");
        assertThat(say("alerts", "--all", "--limit", "1").out())
                .doesNotContain("stock")
                .endsWith("There are more: --after " + A2 + "\n");
        assertThat(say("alerts", "--all", "--limit", "1", "--after", A2).out())
                .contains("stock")
                .doesNotContain("There are more");
        assertThat(say("alerts", "--kind", "failing").code()).isEqualTo(2);
    }

    @Test
    void mutesAGroupShowsItAndEndsIt() {
        mutes.clear();
        alerts.clear();
        alerts.add("a1", "orders", true);
        assertThat(say("alerts", "mute").out()).isEqualTo("Nothing is muted.\n");
        assertThat(say("alerts", "mute", "group", "ops").err()).contains("--for TIME or --until INSTANT");
        assertThat(say("alerts", "mute", "group", "opps", "--for", "2h", "--reason", "moves")
                        .err())
                .contains("Did you mean 'ops'?");
        assertThat(say("alerts", "mute", "group", "ops", "--for", "2h", "--reason", "the ERP & more")
                        .out())
                .contains("group  ops   2026-11-24T12:00:00Z", "the ERP & more");
        assertThat(say("alerts").out()).contains("  muted until ");
        assertThat(say("alerts", "mute", "group", "ops", "--end", "--for", "1h").err())
                .contains("for a mute that begins");
        assertThat(say("alerts", "mute", "group", "ops", "--end").out()).isEqualTo("group 'ops' is muted no more.\n");
        assertThat(mutes.current()).isEmpty();
    }

    @Test
    void tellsWhatHappenedToARecord() {
        assertThat(say("tracked", "--value", "1001").out()).isEqualTo("Nothing like it was tracked.\n");
        tracked.with("10 01&");
        tracked.with("1002");
        Said said = say("tracked", "--entity", "order", "--value", "10 01&", "--success", "true");

        assertThat(said.code()).isZero();
        assertThat(said.out())
                .contains(
                        "2026-11-24T12:00:00Z  order   10 01&  send       failed at push  erp     orders-to-erp  sent   run-1\n")
                .endsWith("There are more; the API pages through them.\n");
        assertThat(tracked.asked).isEqualTo(new Tracked.Query("order", "10 01&", null, null, null, true, null, 50));
        assertThat(say("tracked", "--direction", "up").code()).isEqualTo(2);
    }

    @Test
    void showsCursorsAndPutsThemElsewhere() {
        assertThat(say("cursors").out()).isEqualTo("There are no cursors yet.\n");
        cursors.with("orders-to-erp", CursorKind.DATETIME, "2026-11-24T12:00:00Z");

        assertThat(say("cursors").out())
                .contains(
                        "flow           instance  endpoint     digest  inputs  kind      position              moved at")
                .contains(
                        "orders-to-erp  shop-uk   orders.list                  datetime  2026-11-24T12:00:00Z  2026-11-24T12:00:00Z  run-1");
        assertThat(say("cursors", "other").out()).isEqualTo("There are no such cursors.\n");
        assertThat(say("cursors", "orders-to-erp", "shop-uk", "orders.list", "--back", "1d")
                        .out())
                .contains("2026-11-23T12:00:00Z")
                .contains("an operator")
                .contains("The next run begins there.");
        assertThat(say("cursors", "orders-to-erp", "shop-uk", "orders.list", "--to", "2026-01-01T00:00:00Z", "--json")
                        .out())
                .contains("\"position\" : \"2026-01-01T00:00:00Z\"");
        assertThat(say("cursors", "orders-to-erp", "shop-uk", "orders.list", "--forget")
                        .out())
                .contains("It is forgotten.");
        Said none = say("cursors", "orders-to-erp", "shop-uk", "orders.list");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("There is no cursor");
        cursors.with(
                new PullCursor.Key("orders-to-erp", "shop-uk", "orders.list", "0a"), "{}", CursorKind.SEQUENCE, "17");
        assertThat(say("cursors", "orders-to-erp", "shop-uk", "orders.list", "0a", "--to", "5")
                        .out())
                .contains("0a      {}      sequence  5 ");
        assertThat(say("cursors", "orders-to-erp", "--forget").err()).contains("FLOW, INSTANCE and ENDPOINT");
    }

    @Test
    void showsListsWithKnownKeysAllowsWhatIsMissingAndForgets() {
        assertThat(say("cursors", "--keys").out()).isEqualTo("There are no lists with known keys.\n");
        knownLists.with(new PullCursor.Key("orders-to-erp", "shop-uk", "orders.list"), 7);

        assertThat(say("cursors", "--keys").out())
                .contains("flow           instance  endpoint     digest  inputs  key  keys  bytes  kept at")
                .contains(
                        "orders-to-erp  shop-uk   orders.list                  id   7     21     2026-11-24T12:00:00Z");
        assertThat(say("cursors", "orders-to-erp", "shop-uk", "orders.list", "--keys", "--allow")
                        .out())
                .contains("once")
                .contains("The next run that ends well tells deletes, whatever is missing.");
        assertThat(say("cursors", "orders-to-erp", "shop-uk", "orders.list", "--keys", "--back", "1d")
                        .err())
                .contains("With --keys there is --allow or --forget.");
        assertThat(say("cursors", "orders-to-erp", "shop-uk", "orders.list", "--allow")
                        .err())
                .contains("say --keys, too");
        assertThat(say("cursors", "orders-to-erp", "shop-uk", "orders.list", "--keys", "--forget")
                        .out())
                .contains("They are forgotten");
        assertThat(knownLists.list(null)).isEmpty();
    }

    @Test
    void makesChangesAndEndsUsers() {
        assertThat(say("users", "list").out()).contains("There are no users yet.");
        assertThat(say("users", "add", "ada", "--role", "user").err()).contains("a line on standard input");
        Said made = Said.by(folder, environment(), "nine blue boats\n", "users", "add", "ada", "--role", "user");
        assertThat(made.out()).isEqualTo("ada may log in as user.\n");
        assertThat(say("users", "role", "ada", "read-only").out()).isEqualTo("ada is read-only now.\n");
        assertThat(Said.by(folder, environment(), "short\n", "users", "password", "ada")
                        .err())
                .contains("14 to 128 characters");
        assertThat(Said.by(folder, environment(), "ten green horses\n", "users", "password", "ada")
                        .out())
                .contains("is changed");
        assertThat(say("users", "code", "ada").out()).contains("secret: ", "otpauth://totp/Patchbay:ada?secret=");
        assertThat(say("users", "list").out()).contains("ada   read-only  yes");
        assertThat(say("users", "code", "ada", "--end").out()).contains("No code is asked for");
        assertThat(say("users", "remove", "ada").out()).isEqualTo("ada may not log in any more.\n");
        assertThat(say("users", "remove", "ada").err()).contains("There is no user 'ada'.");
    }

    @Test
    void makesAKeyThatOpensWhatItsRoleMayAndEndsIt() {
        assertThat(Said.by(folder, environment(), "", "keys", "list").out()).contains("There are no keys yet.");
        Said made = Said.by(folder, environment(), "", "keys", "add", "robot", "--role", "read-only", "--keep", "2h");
        assertThat(made.code()).as(made.err()).isZero();
        String key = made.out().lines().findFirst().orElseThrow().replace("key: ", "");
        Map<String, String> robot = Map.of("PATCHBAY_URL", environment().get("PATCHBAY_URL"), "PATCHBAY_TOKEN", key);

        assertThat(Said.by(folder, robot, "", "pools").code()).isZero();
        Said refused = Said.by(folder, robot, "", "pause", "intake", "--reason", "why not");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("The role read-only has no right to operate");
        assertThat(Said.by(folder, environment(), "", "keys", "list").out())
                .contains("robot", "read-only", "all", "admin")
                .doesNotContain(key);

        assertThat(Said.by(folder, environment(), "", "keys", "remove", "robot").out())
                .contains("Key robot lets nobody in any more.");
        assertThat(Said.by(folder, robot, "", "pools").err()).contains("does not accept the token");
        assertThat(Said.by(folder, environment(), "", "keys", "add", "robot", "--role", "boss")
                        .err())
                .contains("role 'boss' is not known; there are administrator, manager, user, read-only.");
    }
}
